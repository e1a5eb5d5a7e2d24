import Network
import Platform

/// Accepts every SCTP association on a port, with its reply as the cookie.
struct SCTPService: ~Copyable, Service {
    private let name: String
    private let port: Port
    private let sockets: [Shared]

    private final class Shared: Sendable {
        let family: IPFamily
        let socket: RawSocket

        init(_ family: IPFamily) throws {
            self.family = family
            self.socket = try RawSocket(family, .sctp)
        }
    }

    init(_ name: String, _ port: Port) throws {
        self.sockets = try IPFamily.allCases.map { try Shared($0) }
        self.name = name
        self.port = port
    }

    borrowing func register(in loop: borrowing EventLoop<ServiceSource>) throws {
        for (index, shared) in sockets.enumerated() {
            let source = ServiceSource(rawValue: UInt64(index))
            try loop.add(shared.socket.socket.descriptor, .read, as: source)
        }
    }

    mutating func serve(
        _ source: ServiceSource, in loop: borrowing EventLoop<ServiceSource>
    ) throws {
        let shared = sockets[Int(source.rawValue)]
        guard let received = try shared.socket.receiveSCTP(shared.family) else { return }
        let request = received.packet
        guard case .initiate(let tag) = request.chunk, request.destination == port else { return }
        let client = AddressAndPort(received.source, request.source)
        let reply = Reply(server: name, client: client, text: "")
        let answer = try SCTPPacket(
            from: port, to: request.source, verificationTag: tag,
            .acknowledge(tag: .random(in: 1 ... .max), cookie: reply.bytes)
        ).bytes()
        _ = try shared.socket.send(answer.span, to: received.source)
    }
}

/// An SCTP packet and the address it came from.
struct ReceivedSCTPPacket {
    let packet: SCTPPacket
    let source: IPAddress
}

extension RawSocket {
    /// Takes the next SCTP packet without its IP header.
    func receiveSCTP(_ family: IPFamily) throws -> ReceivedSCTPPacket? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var span = buffer.mutableSpan
        guard let received = try receive(into: &span) else { return nil }
        // The low half of the first octet counts the IPv4 header's words; IPv6's is left out.
        let header = family == .v4 ? Int(buffer[0] & 0xF) * 4 : 0
        guard header <= received.length else { throw LabError("an IPv4 header beyond its packet") }
        let payload = buffer.span.extracting(header..<received.length)
        return ReceivedSCTPPacket(
            packet: try SCTPPacket(parsing: payload), source: received.source)
    }
}
