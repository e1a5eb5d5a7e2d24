import Network
import Platform

/// Asks from one UDP port.
final class DatagramConversation: Conversation {
    private let socket: UDPSocket

    init(_ target: AddressAndPort, from local: AddressAndPort?) throws {
        self.socket = try UDPSocket(connectedTo: target, from: local)
    }

    func ask(_ text: String, within limit: Duration) throws -> Reply {
        _ = try socket.send(text.utf8.span)
        try socket.socket.awaitReply(until: .now + limit)
        var bytes: [UInt8] = []
        try bytes.append(addingCapacity: 1 << 16) { output throws(PlatformError) in
            _ = try socket.socket.receive(appendingTo: &output)
        }
        return try Reply(parsing: bytes)
    }
}
