import Network
import Platform

/// A socket of the engine, by a number that is never used again.
struct SocketID: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt64
}

/// Something asked of upstreams.
struct QuestionID: Hashable, Sendable {
    let rawValue: UInt64
}

/// Somebody who asked, by a number of the caller's.
struct Waiter: Hashable, Sendable {
    let rawValue: UInt64
}

/// What the engine wants done.
enum ForwardAction: Hashable, Sendable {
    /// Opens a UDP socket on a port of chance that hears this peer only, and sends one datagram.
    case ask(SocketID, AddressAndPort, [UInt8])
    /// Begins to connect; what is sent meanwhile waits.
    case connect(SocketID, upstream: Int)
    case send(SocketID, [UInt8])
    case close(SocketID)
    case complete([Waiter], Resolution)
    case observe(ForwardObservation)
}

/// Something to be counted.
enum ForwardObservation: Hashable, Sendable {
    case answered(upstream: Int, ResponseCode, Duration)
    case probeFailed(upstream: Int)
    case connectionUsed(upstream: Int)
    case connectionOpened(upstream: Int)
    /// Turned away, as too many questions were under way.
    case rejected(pool: Int)
    /// Asked although all upstreams are down.
    case allDown(pool: Int)
}

/// What happened to a socket other than that bytes came.
enum SocketFailure: Hashable, Sendable {
    /// The other side, or the network, refused; or the connection ended.
    case refused
    /// The socket could not be opened or used for a reason of our own.
    case unusable
}
