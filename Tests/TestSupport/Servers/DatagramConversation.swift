import Network
import Platform

/// Asks from one UDP port.
final class DatagramConversation: Conversation {
    private let socket: UDPSocket

    init(_ target: AddressAndPort, from local: AddressAndPort?) throws {
        self.socket = try UDPSocket(connectedTo: target, from: local)
    }

    func ask(_ text: String, within limit: Duration) throws -> Reply {
        try send(text)
        try socket.socket.awaitReply(until: .now + limit)
        return try Reply(parsing: receive())
    }

    private func send(_ text: String) throws {
        do throws(PlatformError) {
            _ = try socket.send(text.utf8.span)
        } catch {
            // The host's own rules: that they refused it, and did not just drop it, is told here.
            if error.code == .notPermitted { _ = try receive() }
            throw error
        }
    }

    private func receive() throws -> [UInt8] {
        var bytes: [UInt8] = []
        try bytes.append(addingCapacity: 1 << 16) { output throws(PlatformError) in
            _ = try socket.socket.receive(appendingTo: &output)
        }
        return bytes
    }
}
