import Network
import Platform

/// Asks for SCTP associations from one port.
final class SCTPConversation: Conversation {
    private let socket: RawSocket
    private let port: Port
    private let target: AddressAndPort

    init(_ target: AddressAndPort, from local: AddressAndPort?) throws {
        let socket = try RawSocket(target.address.family, .sctp)
        if let local { try socket.socket.bind(.ip(local.address, 0)) }
        // So that ICMP errors are told, and only the target's packets come.
        _ = try socket.socket.connect(.ip(target.address, 0))
        self.socket = socket
        self.port = local?.port ?? Port(.random(in: 32768 ... .max))
        self.target = target
    }

    func ask(_ text: String, within limit: Duration) throws -> Reply {
        let deadline = MonotonicTime.now + limit
        let tag = UInt32.random(in: 1 ... .max)
        let request = try SCTPPacket(from: port, to: target.port, .initiate(tag: tag)).bytes()
        try send(request)
        switch try answer(to: tag, until: deadline) {
        case .acknowledge(_, let cookie): return try Reply(parsing: cookie)
        case .abort: throw PlatformError(.connectionRefused, "associate with", "\(target)")
        case let other: throw LabError("no answer to an INIT: \(other)")
        }
    }

    private func send(_ request: [UInt8]) throws {
        do throws(PlatformError) {
            _ = try socket.socket.send(request.span)
        } catch {
            // The host's own rules: that they refused it, and did not just drop it, is told here.
            if error.code == .notPermitted {
                _ = try socket.receiveSCTP(target.address.family)
            }
            throw error
        }
    }

    private func answer(
        to tag: UInt32, until deadline: MonotonicTime
    ) throws -> SCTPPacket.Chunk {
        while true {
            try socket.socket.awaitReply(until: deadline)
            let received = try socket.receiveSCTP(target.address.family)
            if let packet = received?.packet, isForUs(packet, tag) { return packet.chunk }
        }
    }

    /// Raw sockets hear what is for others too.
    private func isForUs(_ packet: SCTPPacket, _ tag: UInt32) -> Bool {
        packet.source == target.port && packet.destination == port
            && packet.verificationTag == tag
    }
}
