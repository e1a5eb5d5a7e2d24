package import Network
import Platform

/// A client's end: a socket of its own, from which a server can be asked again and again.
package protocol Conversation: Sendable {
    /// Asks and waits for the reply; SCTP carries no text.
    func ask(_ text: String, within limit: Duration) throws -> Reply
}

extension Conversation {
    package func ask(_ text: String = "") throws -> Reply { try ask(text, within: .patience) }
}

extension Host {
    /// Opens a client to a server; TCP's is connected.
    package func converse(
        _ transport: TransportProtocol, with target: AddressAndPort,
        from local: AddressAndPort? = nil, within limit: Duration = .patience
    ) throws -> any Conversation {
        try run {
            switch transport {
            case .tcp: try StreamConversation(target, from: local, within: limit)
            case .udp: try DatagramConversation(target, from: local)
            case .sctp: try SCTPConversation(target, from: local)
            }
        }
    }

    /// Asks a server once, from a new port.
    package func ask(
        _ transport: TransportProtocol, _ target: AddressAndPort, _ text: String = "",
        from local: AddressAndPort? = nil, within limit: Duration = .patience
    ) throws -> Reply {
        try converse(transport, with: target, from: local, within: limit)
            .ask(text, within: limit)
    }
}

extension Duration {
    /// Longer than anything that works takes on a loaded machine.
    package static var patience: Duration { .seconds(20) }
}

extension Socket {
    func awaitReply(until deadline: MonotonicTime) throws {
        guard try descriptor.wait(for: .read, until: deadline) else {
            throw PlatformError(.timedOut, "await a reply")
        }
    }
}
