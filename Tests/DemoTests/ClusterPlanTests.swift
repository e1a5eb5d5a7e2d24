import Network
import Testing

@testable import Demo

struct ClusterPlanTests {
    @Test func `all addresses differ, and nodes are in their segments`() {
        let plan = ClusterPlan(nodes: 20, .auto, families: [.v4, .v6])
        let addresses = (plan.nodes.map(\.machine) + [plan.outside]).flatMap(\.addresses)
        #expect(Set(addresses.map(\.address)).count == 2 * 21)
        for machine in plan.nodes.map(\.machine) {
            for (address, network) in zip(machine.addresses, machine.segment.networks) {
                #expect(address.network == network && !machine.segment.router.contains(address))
            }
        }
    }
}
