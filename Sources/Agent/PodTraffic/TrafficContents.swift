import NFTables
import Network

/// What the table is to hold.
struct TrafficContents: Hashable, Sendable {
    let table: TrafficTable
    /// The elements of each set; a set that is missing here is left as it is.
    private(set) var elements: [TrafficSet: Set<TrafficKey>] = [:]

    /// A node that the cluster does not know, or not now, keeps the pod networks that it had: its
    /// pods run on.
    init(_ settings: PodTrafficSettings, _ nodes: ClusterNodes, _ tunnels: [TunnelEndpoint]) {
        table = TrafficTable(settings: settings, guardsTunnels: !tunnels.isEmpty)
        for family in IPFamily.allCases {
            put(nodes.networks.map(\.addresses), into: .pods, family)
            put(nodes.addresses.map { CIDR($0).addresses }, into: .nodes, family)
            let excluded = settings.excluded + [.multicast(family)]
            put(Self.disjoint(excluded.map(\.addresses)), into: .excluded, family)
            if let own = nodes.own { put(own.networks.map(\.addresses), into: .ownPods, family) }
            let ports = tunnels.filter { $0.family == family }.map { TrafficKey.port($0.port) }
            elements[TrafficSet(.tunnelPorts, family)] = Set(ports)
        }
    }

    private mutating func put(
        _ ranges: [AddressRange], into kind: TrafficSet.Kind, _ family: IPFamily
    ) {
        let keys = ranges.lazy.filter { $0.family == family }.map { TrafficKey.addresses($0) }
        elements[TrafficSet(kind, family)] = Set(keys)
    }

    /// Ranges of the same addresses that do not overlap, which the kernel would refuse.
    private static func disjoint(_ ranges: [AddressRange]) -> [AddressRange] {
        ranges.sorted { $0.lower < $1.lower }.reduce(into: []) { joined, range in
            guard let last = joined.last, last.overlaps(range) else { return joined.append(range) }
            let upper = max(last.upper, range.upper)
            joined[joined.count - 1] = AddressRange(last.lower, through: upper) ?? last
        }
    }

    /// Takes the elements of sets that are left as they are from what is there.
    mutating func fillIn(from held: TrafficContents) {
        elements.merge(held.elements) { wanted, _ in wanted }
    }
}

extension ClusterNodes {
    /// The addresses of all nodes, this one's too.
    fileprivate var addresses: [IPAddress] {
        ((own.map { [$0] } ?? []) + peers).flatMap { $0.addresses.values }
    }
}

extension CIDR {
    /// 224.0.0.0/4, ff00::/8.
    fileprivate static func multicast(_ family: IPFamily) -> CIDR {
        switch family {
        case .v4: network(.v4(IPv4Address(224, 0, 0, 0)), 4)
        case .v6: network(.v6(IPv6Address(high: 0xFF00 << 48, low: 0)), 8)
        }
    }

    private static func network(_ address: IPAddress, _ length: UInt8) -> CIDR {
        CIDR(address, prefixLength: length) ?? CIDR(address)
    }
}
