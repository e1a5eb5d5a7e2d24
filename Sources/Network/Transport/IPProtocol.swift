/// A protocol number of the IP header; any number is representable.
package struct IPProtocol: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }
}

extension IPProtocol {
    package static let icmp = IPProtocol(rawValue: 1)
    package static let igmp = IPProtocol(rawValue: 2)
    package static let tcp = IPProtocol(rawValue: 6)
    package static let udp = IPProtocol(rawValue: 17)
    package static let gre = IPProtocol(rawValue: 47)
    package static let esp = IPProtocol(rawValue: 50)
    package static let ah = IPProtocol(rawValue: 51)
    package static let icmpv6 = IPProtocol(rawValue: 58)
    package static let sctp = IPProtocol(rawValue: 132)
    package static let udplite = IPProtocol(rawValue: 136)

    /// The number of ICMP itself in either family.
    package static func icmp(_ family: IPFamily) -> IPProtocol {
        switch family {
        case .v4: .icmp
        case .v6: .icmpv6
        }
    }

    package init(_ transport: TransportProtocol) { self.init(rawValue: transport.rawValue) }
}

extension IPProtocol: CustomStringConvertible {
    /// The name of `/etc/protocols`, else the number.
    package var description: String {
        switch self {
        case .icmp: "icmp"
        case .igmp: "igmp"
        case .tcp: "tcp"
        case .udp: "udp"
        case .gre: "gre"
        case .esp: "esp"
        case .ah: "ah"
        case .icmpv6: "ipv6-icmp"
        case .sctp: "sctp"
        case .udplite: "udplite"
        default: String(rawValue)
        }
    }
}
