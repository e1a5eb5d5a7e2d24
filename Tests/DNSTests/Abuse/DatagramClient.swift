import Network
import Platform

@testable import DNS

/// Asks a server in datagrams, from an address of the loopback.
final class DatagramClient {
    private let socket: UDPSocket
    private var lastID: UInt16 = 0

    init(_ server: AddressAndPort, from local: IPAddress = .v4(.loopback)) throws {
        socket = try UDPSocket(connectedTo: server, from: AddressAndPort(local, 0))
    }

    /// Sends a question; false if there was no room for it.
    func send(_ name: String, _ type: RecordType = .a) throws -> Bool {
        lastID &+= 1
        let query = Message.query(try DomainName(name), type, id: lastID)
        return (try? socket.send(query.encoded().span)) ?? false
    }

    /// The next reply that has come; nil if none does in time.
    func receive(within limit: Duration = .zero) throws -> Message? {
        if limit > .zero {
            _ = try socket.socket.descriptor.wait(for: .read, until: .now + limit)
        }
        var room = [UInt8](repeating: 0, count: 4096)
        var span = room.mutableSpan
        guard let received = try socket.receive(into: &span) else { return nil }
        return try Message(decoding: Array(room[..<received.length]))
    }

    /// Asks once, and waits for the reply to that question for longer than any takes.
    func ask(_ name: String) throws -> Message? {
        guard try send(name) else { return nil }
        let deadline = MonotonicTime.now + .seconds(20)
        while MonotonicTime.now < deadline {
            if let reply = try receive(within: .seconds(1)), reply.id == lastID { return reply }
        }
        return nil
    }
}
