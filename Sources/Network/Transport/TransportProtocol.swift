/// A protocol that service and host ports exist for; the raw value is its IP protocol number.
package enum TransportProtocol: UInt8, Hashable, Sendable, CaseIterable {
    case tcp = 6
    case udp = 17
    case sctp = 132
}

extension TransportProtocol {
    package init?(_ number: IPProtocol) { self.init(rawValue: number.rawValue) }

    /// The name in lower case, as nft and CNI's port mappings write it.
    package var lowercaseName: String {
        switch self {
        case .tcp: "tcp"
        case .udp: "udp"
        case .sctp: "sctp"
        }
    }
}

extension TransportProtocol: TextParsable {
    /// Parses the name as Kubernetes writes it: "TCP", "UDP" or "SCTP".
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        if text.isEqual(to: "TCP") {
            self = .tcp
        } else if text.isEqual(to: "UDP") {
            self = .udp
        } else if text.isEqual(to: "SCTP") {
            self = .sctp
        } else {
            throw .notATransportProtocol
        }
    }

    /// Parses the name in any case, as CNI's port mappings may write it.
    package init?(anyCase text: String) {
        self.init(text.uppercased())
    }
}

extension TransportProtocol: CustomStringConvertible {
    /// The name in Kubernetes objects.
    package var description: String {
        switch self {
        case .tcp: "TCP"
        case .udp: "UDP"
        case .sctp: "SCTP"
        }
    }
}
