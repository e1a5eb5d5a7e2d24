import Netlink
import Network
import Testing

@testable import Agent

@Suite struct TunnelPlanTests {
    /// Computed by another program; another hash would part nodes of two versions.
    @Test(arguments: [
        ("b", "16:07:b5:4d:93:f9"), ("n1", "ce:19:25:f1:a3:8e"),
        ("node-1.example.com", "e2:7b:54:56:d9:9d"),
    ])
    func `R6: a node's link address in tunnels follows from its name`(
        name: String, expected: String
    ) {
        let address = MACAddress(tunnelOf: name)
        #expect("\(address)" == expected)
        #expect(address.isLocal && !address.isMulticast)
    }

    @Test func `R6: ten thousand nodes have as many link addresses`() {
        let addresses = Set((0..<10_000).map { MACAddress(tunnelOf: "node-\($0)") })
        #expect(addresses.count == 10_000)
    }

    private static func planner(
        _ mode: RouteSettings.Mode = .auto, mtu: UInt32 = 0, own: ClusterNode = Samples.own
    ) -> PeerPlanner {
        PeerPlanner(
            settings: RouteSettings(mode: mode, mtu: mtu), own: own, underlay: Samples.underlay)
    }

    /// The mode, the MTU that is set, the peers' addresses, tunnels with their MTUs, pods' MTU.
    static let sizes: [(RouteSettings.Mode, UInt32, [[String]], [String], UInt32)] = [
        (.auto, 0, [], [], 1500),
        (.auto, 0, [Samples.near], [], 1500),
        (.auto, 0, [Samples.near, Samples.far], ["weft.vxlan 1450", "weft.vxlan6 1430"], 1430),
        (.auto, 0, [[Samples.far[0]]], ["weft.vxlan 1450"], 1450),
        (.auto, 0, [["100.64.0.2"]], ["weft.vxlan 1370"], 1370),
        (.vxlan, 0, [], ["weft.vxlan 1450", "weft.vxlan6 1430"], 1430),
        (.vxlan, 1400, [], ["weft.vxlan 1400", "weft.vxlan6 1400"], 1400),
        (.direct, 0, [Samples.near], [], 1500),
        (.direct, 9000, [Samples.near], [], 9000),
        (.none, 0, [Samples.far], [], 1500),
    ]

    @Test(arguments: sizes)
    func `R7: packets have the size that every way carries`(
        mode: RouteSettings.Mode, mtu: UInt32, peers: [[String]], tunnels: [String], pods: UInt32
    ) {
        let planner = Self.planner(mode, mtu: mtu)
        let plans = peers.map {
            planner.plan(clusterNode("b", ["10.244.2.0/24", "fd00:2::/64"], $0))
        }
        let plan = planner.tunnels(plans)
        #expect(plan.values.map { "\($0.name) \($0.mtu)" }.sorted() == tunnels)
        #expect(planner.podMTU(plan.values, plans) == pods)
    }

    @Test func `R7: without a link of its own nothing is known of the size`() {
        let planner = Self.planner(own: Samples.ownElsewhere)
        #expect(planner.podMTU([], []) == nil)
    }

    @Test func `a tunnel has the lowest address of each family's first network`() {
        let own = clusterNode(
            "a", ["10.244.1.0/24", "10.250.0.0/24", "fd00:244:1::/64"], ["192.0.2.1"])
        let tunnels = Self.planner(.vxlan, own: own).tunnels([])
        #expect(
            tunnels[.v4]?.addresses.map(\.description) == ["10.244.1.0/32", "fd00:244:1::/128"])
        #expect(tunnels[.v6] == nil)
        #expect(
            tunnels[.v4]?.endpoint
                == TunnelEndpoint(
                    family: .v4, address: .v4(IPv4Address(192, 0, 2, 1)), port: 4789,
                    device: "weft.vxlan"))
    }
}
