package import Network

/// A network of the lab: each has room in both families.
package enum LabNetwork: Hashable, Sendable {
    case pods(node: Int)
    case services
    /// Addresses of load balancers, of the networks that are set aside for benchmarks (RFC 2544).
    case balancers
    /// Endpoints that nobody is behind.
    case fillers
    /// Between the nodes.
    case nodes
    /// Between the first node and the machine outside.
    case outside
}

extension LabNetwork {
    /// The address of a number, from 0 on.
    package func address(_ number: Int, _ family: IPFamily) -> IPAddress {
        switch family {
        case .v4: .v4(IPv4Address(rawValue: base4 + UInt32(number)))
        case .v6: .v6(IPv6Address(high: base6, low: UInt64(number)))
        }
    }

    /// The network itself.
    package func network(_ family: IPFamily) -> CIDR? {
        CIDR(address(0, family), prefixLength: family == .v4 ? length4 : length6)
    }

    /// An address of it as a link has it.
    func host(_ address: IPAddress) -> CIDR? {
        CIDR(address, prefixLength: address.family == .v4 ? length4 : length6)
    }

    /// The networks of the pods of all nodes.
    package static func allPods(_ family: IPFamily) -> CIDR? {
        switch family {
        case .v4: CIDR(.v4(IPv4Address(10, 244, 0, 0)), prefixLength: 14)
        case .v6: CIDR(.v6(IPv6Address(high: podBase6, low: 0)), prefixLength: 48)
        }
    }
}

extension LabNetwork {
    private var base4: UInt32 {
        switch self {
        case .pods(let node): IPv4Address(10, UInt8(244 + node), 0, 0).rawValue
        case .services: IPv4Address(10, 96, 0, 0).rawValue
        case .balancers: IPv4Address(198, 18, 0, 0).rawValue
        case .fillers: IPv4Address(11, 0, 0, 0).rawValue
        case .nodes: IPv4Address(192, 0, 2, 0).rawValue
        case .outside: IPv4Address(198, 51, 100, 0).rawValue
        }
    }

    private var length4: UInt8 {
        switch self {
        case .pods: 16
        case .services: 12
        case .balancers: 15
        case .fillers: 8
        case .nodes, .outside: 24
        }
    }

    private static let podBase6: UInt64 = 0xFD00_0010_0244_0000

    private var base6: UInt64 {
        switch self {
        case .pods(let node): Self.podBase6 + UInt64(node)
        case .services: 0xFD00_0096_0000_0000
        case .balancers: 0x2001_0002_0000_0000
        case .fillers: 0xFD00_0011_0000_0000
        case .nodes: 0x2001_0DB8_000A_0000
        case .outside: 0x2001_0DB8_000B_0000
        }
    }

    private var length6: UInt8 { self == .services ? 108 : 64 }
}
