import Network
import Testing

@testable import Demo

struct ClusterPlanTests {
    private static let both: [IPFamily] = [.v4, .v6]

    @Test(arguments: RouteMode.allCases)
    func `all addresses differ, and each is of its segment`(mode: RouteMode) {
        let plan = ClusterPlan(nodes: 20, mode, families: Self.both)
        let machines = plan.nodes.map(\.machine) + [plan.outside]
        let addresses = machines.flatMap(\.addresses) + plan.segments.flatMap(\.router)
        #expect(addresses.count == 2 * (21 + plan.segments.count))
        #expect(Set(addresses.map(\.address)).count == addresses.count)
        for machine in machines {
            #expect(machine.addresses.map(\.network) == machine.segment.networks)
        }
    }

    @Test func `no two networks overlap`() {
        let plan = ClusterPlan(nodes: 20, .auto, families: Self.both)
        let networks =
            plan.segments.flatMap(\.networks) + plan.nodes.flatMap(\.podNetworks)
            + ServicePlans(families: Self.both).all.flatMap(\.addresses).map { CIDR($0) }
            + ServicePlans.balancer(Self.both).map { CIDR($0) }
        for (index, network) in networks.enumerated() {
            #expect(!networks[..<index].contains(where: network.overlaps), "\(network)")
        }
    }

    @Test(arguments: [
        (2, RouteMode.auto, 0), (3, .auto, 1), (5, .auto, 1), (5, .direct, 0), (5, .vxlan, 0),
    ])
    func `only where both ways can be shown a node is elsewhere`(
        count: Int, mode: RouteMode, far: Int
    ) {
        let plan = ClusterPlan(nodes: count, mode, families: Self.both)
        let first = plan.nodes[0].machine.segment
        #expect(plan.nodes.filter { $0.machine.segment != first }.count == far)
        #expect(plan.outside.segment != first)
    }

    @Test func `without the second family nothing has its addresses`() {
        let plan = ClusterPlan(nodes: 3, .auto, families: [.v4])
        let all = plan.nodes.flatMap { $0.machine.addresses + $0.podNetworks }
        #expect(all.count == 6 && all.allSatisfy { $0.family == .v4 })
        #expect(
            ServicePlans(families: [.v4]).all.flatMap(\.addresses).allSatisfy { $0.family == .v4 })
    }

    @Test(arguments: [(RouteMode.auto, [Way.direct, .tunnel]), (.vxlan, [.tunnel, .tunnel])])
    func `packets are expected to go as the mode says`(mode: RouteMode, ways: [Way]) {
        let nodes = ClusterPlan(nodes: 3, .auto, families: Self.both).nodes
        #expect([mode.way(nodes[0], nodes[1]), mode.way(nodes[0], nodes[2])] == ways)
    }
}
