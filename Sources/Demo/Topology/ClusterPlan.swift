package import Network

/// The machines of the demonstration and all of their addresses.
package struct ClusterPlan: Hashable, Sendable {
    package let mode: RouteMode
    package let families: [IPFamily]
    /// The networks that nodes are in, and the one of the machine outside, which is the last.
    package let segments: [Segment]
    package let nodes: [NodePlan]
    /// The machine outside of the cluster.
    package let outside: MachinePlan

    package static let nodeCounts = 2...20

    package init(nodes count: Int, _ mode: RouteMode, families: [IPFamily]) {
        let near = Segment("near", Self.networks(["192.168.87.0/24", "fd00:87::/64"], families))
        let far = Segment("far", Self.networks(["192.168.88.0/24", "fd00:88::/64"], families))
        let outer = Segment(
            "outer", Self.networks(["198.51.100.0/24", "2001:db8:51::/64"], families))
        // Only where two nodes share a network does a third one elsewhere show both ways.
        let hasFarNode = mode == .auto && count > 2
        self.mode = mode
        self.families = families
        segments = hasFarNode ? [near, far, outer] : [near, outer]
        nodes = (1...count).map { number in
            NodePlan(number, in: hasFarNode && number == count ? far : near, families)
        }
        outside = MachinePlan("outside", Self.outsideNumber, in: outer)
    }

    private static let outsideNumber = 10

    /// Those of the networks that are of the families.
    static func networks(_ texts: [String], _ families: [IPFamily]) -> [CIDR] {
        texts.compactMap { CIDR($0) }.filter { families.contains($0.family) }
    }
}

/// A machine of one segment.
package struct MachinePlan: Hashable, Sendable {
    package let name: String
    package let segment: Segment
    package let addresses: [CIDR]

    init(_ name: String, _ number: Int, in segment: Segment) {
        self.name = name
        self.segment = segment
        addresses = segment.addresses(of: number)
    }
}

/// A node, with the networks that its pods' addresses come from.
package struct NodePlan: Hashable, Sendable {
    package let number: Int
    package let machine: MachinePlan
    package let podNetworks: [CIDR]

    /// The numbers of nodes on their segments begin after this.
    private static let before = 10

    init(_ number: Int, in segment: Segment, _ families: [IPFamily]) {
        self.number = number
        machine = MachinePlan("node-\(number)", Self.before + number, in: segment)
        podNetworks = ClusterPlan.networks(
            ["10.244.\(number).0/24", "fd00:10:244:\(String(number, radix: 16))::/64"], families)
    }

    package var name: String { machine.name }
}
