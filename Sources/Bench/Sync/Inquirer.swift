import Network
import Platform
import Topology

/// A client that asks which server answers, each time from another port.
struct Inquirer: Sendable {
    private let host: Host
    private let target: AddressAndPort
    private let kind: Socket.Kind
    private var origins: Origins
    private var answer: [UInt8] = [0]

    /// The addresses to ask from are the host's own.
    init(
        _ transport: TransportProtocol, _ target: AddressAndPort, from host: Host,
        _ addresses: [IPAddress]
    ) {
        self.host = host
        self.target = target
        kind = transport == .udp ? .datagram : .stream
        origins = Origins([target], from: addresses)
    }
}

extension Inquirer {
    /// The number of the server that answers; nil if none does in time.
    mutating func ask(within patience: Duration) -> UInt8? {
        let host = host
        return try? host.run { () throws(PlatformError) in try askHere(within: patience) }
    }

    /// How long after a change a server answers first, asked again and again; nil if it does not.
    mutating func time(
        until server: UInt8, within limit: Duration, after change: () -> Void
    ) throws -> Duration? {
        let host = host
        return try host.run { () throws(PlatformError) in
            let begin = MonotonicTime.now
            change()
            while MonotonicTime.now < begin + limit {
                // Refused or not answered: the rules are being changed, or are not.
                if (try? askHere(within: Self.patience)) == server { return .now - begin }
            }
            return nil
        }
    }

    /// For one answer, which takes a hundredth of that where nothing is lost.
    private static let patience = Duration.milliseconds(20)

    private mutating func askHere(within patience: Duration) throws(PlatformError) -> UInt8? {
        var options = SocketOptions()
        options.isBlocking = true
        options.waitLimit = patience
        options.resetsOnClose = kind == .stream
        let socket = try origins.open(kind, to: target, options)
        guard try socket.connect(.ip(target)) else { return nil }
        let question = answer
        if kind == .datagram { _ = try socket.send(question.span) }
        return try socket.receive(into: &answer) == 1 ? answer[0] : nil
    }
}
