import Network
import Platform

/// A socket of the forwarder.
protocol UpstreamChannel: AnyObject {
    /// Does what can be done without waiting, and adds what came of it.
    func advance(
        _ readiness: Readiness, _ buffer: inout [UInt8], into events: inout [ChannelEvent])

    func send(_ bytes: [UInt8])

    func join(
        _ loop: borrowing EventLoop<SocketID>, as source: SocketID
    ) throws(PlatformError)

    /// Has the loop report what is awaited now.
    func updateInterest(
        on loop: borrowing EventLoop<SocketID>, as source: SocketID
    ) throws(PlatformError)
}

enum ChannelEvent: Sendable {
    case datagram([UInt8], from: AddressAndPort)
    case bytes([UInt8])
    case failed(SocketFailure)
}

/// A UDP socket that hears one peer only, on a port that the kernel chose by chance.
final class DatagramChannel: UpstreamChannel {
    private let socket: UDPSocket
    private let peer: AddressAndPort

    init(to peer: AddressAndPort, sending bytes: [UInt8]) throws(PlatformError) {
        self.peer = peer
        socket = try UDPSocket(connectedTo: peer)
        // One that finds no room is lost as on the way, and sent again when nothing comes.
        _ = try socket.send(bytes.span)
    }

    func advance(
        _ readiness: Readiness, _ buffer: inout [UInt8], into events: inout [ChannelEvent]
    ) {
        // A flood on one socket must not hold up the others.
        for _ in 0..<Self.batch {
            do throws(PlatformError) {
                var span = buffer.mutableSpan
                guard let received = try socket.receive(into: &span) else { return }
                let length = min(received.length, buffer.count)
                events.append(.datagram(Array(buffer[..<length]), from: received.source))
            } catch {
                // The error is taken with that; the socket goes on.
                events.append(.failed(error.socketFailure))
            }
        }
    }

    private static let batch = 8

    func send(_ bytes: [UInt8]) {}

    func join(
        _ loop: borrowing EventLoop<SocketID>, as source: SocketID
    ) throws(PlatformError) {
        try loop.add(socket.socket.descriptor, .read, as: source)
    }

    func updateInterest(
        on loop: borrowing EventLoop<SocketID>, as source: SocketID
    ) throws(PlatformError) {}
}
