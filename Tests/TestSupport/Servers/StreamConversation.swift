import Network
import Platform

/// Asks over one TCP connection.
final class StreamConversation: Conversation {
    private let stream: StreamSocket

    init(_ target: AddressAndPort, from local: AddressAndPort?, within limit: Duration) throws {
        self.stream = try StreamSocket(
            connectedTo: .ip(target), from: local.map { .ip($0) }, until: .now + limit)
    }

    func ask(_ text: String, within limit: Duration) throws -> Reply {
        let deadline = MonotonicTime.now + limit
        try stream.write(all: "\(text)\n".utf8.span, until: deadline)
        var bytes: [UInt8] = []
        while bytes.last != UInt8(ascii: "\n") { try readMore(into: &bytes, until: deadline) }
        return try Reply(parsing: bytes)
    }

    private func readMore(into bytes: inout [UInt8], until deadline: MonotonicTime) throws {
        try stream.socket.awaitReply(until: deadline)
        let before = bytes.count
        try bytes.append(addingCapacity: 4096) { output throws(PlatformError) in
            _ = try stream.socket.receive(appendingTo: &output)
        }
        if bytes.count == before { throw PlatformError(.connectionReset, "await a reply") }
    }
}
