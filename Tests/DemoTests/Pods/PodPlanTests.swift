import Testing

@testable import Demo

struct PodPlanTests {
    @Test(arguments: [2, 3, 7])
    func `every node has a web server, and those that checks name are there`(nodes: Int) {
        let pods = PodPlan.all(nodes: nodes)
        #expect(Set(pods.filter { $0.role == .web }.map(\.node)) == Set(1...nodes))
        #expect(pods.allSatisfy { (1...nodes).contains($0.node) })
        #expect(Set(pods.map(\.name)).count == pods.count)
        for name in ["client", "web-1", "web-2", "web-3"] {
            #expect(pods.contains { $0.name == name })
        }
    }

    @Test func `the pod of local policy is not on the client's node`() {
        let pods = PodPlan.all(nodes: 2)
        let nodes = ["client", ServicePlans.localPod].map { name in
            pods.first { $0.name == name }?.node
        }
        #expect(nodes == [1, 2])
    }
}
