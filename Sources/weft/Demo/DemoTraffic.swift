import Network
import Platform

/// A server that tells every client its own address.
final class DemoServer: Sendable {
    let address: AddressAndPort
    private let listener: ListeningSocket

    /// Listens in the calling thread's namespace.
    init(_ address: AddressAndPort) throws(PlatformError) {
        self.address = address
        listener = try ListeningSocket(.ip(address))
    }

    /// Answers the connection that waits; false means none does.
    func answer(until deadline: MonotonicTime) throws(PlatformError) -> Bool {
        guard let connection = try listener.accept() else { return false }
        try connection.write(all: "\(address)".utf8.span, until: deadline)
        return true
    }
}

/// One connection made by a client, from its first packet to the server's answer.
struct DemoConnection {
    let answer: String
    /// How long the handshake took.
    let handshake: Duration

    private static let patience = Duration.seconds(5)
    private static let longestAnswer = 64

    init(
        from client: borrowing NetworkNamespace, to service: AddressAndPort,
        servedBy servers: [DemoServer]
    ) throws(PlatformError) {
        let deadline = MonotonicTime.now + Self.patience
        var handshake = Duration.zero
        let connection = try client.run { () throws(PlatformError) in
            let begin = MonotonicTime.now
            let connection = try StreamSocket(connectedTo: .ip(service), until: deadline)
            handshake = MonotonicTime.now - begin
            return connection
        }
        self.handshake = handshake
        for server in servers where try server.answer(until: deadline) { break }
        answer = try Self.read(connection, until: deadline)
    }

    private static func read(
        _ connection: borrowing StreamSocket, until deadline: MonotonicTime
    ) throws(PlatformError) -> String {
        guard try connection.socket.descriptor.wait(for: .read, until: deadline) else {
            throw PlatformError(.timedOut, "wait for an answer")
        }
        var buffer = [UInt8](repeating: 0, count: longestAnswer)
        var span = buffer.mutableSpan
        let count = try connection.read(into: &span) ?? 0
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
