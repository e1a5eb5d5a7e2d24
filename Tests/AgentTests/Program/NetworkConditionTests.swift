import JSON
import Kubernetes
import Platform
import Support
import Synchronization
import TestSupport
import Testing

@testable import Agent

@Suite("The condition NetworkUnavailable")
struct NetworkConditionTests {
    private func own(_ status: String?) -> Node {
        var own = node("n1", ["10.244.1.0/24"], [("InternalIP", "192.0.2.1")])
        if let status { own.status.conditions = [Condition("NetworkUnavailable", status)] }
        return own
    }

    @Test(arguments: [("True", true), ("False", false), ("Unknown", false), (nil, false)])
    func `R9: a node is without a network only where somebody says so`(
        status: String?, isUnavailable: Bool
    ) {
        #expect(NetworkCondition.isUnavailable(own(status)) == isUnavailable)
    }

    @Test func `R9: what is put into the status is that condition alone`() throws {
        let patch = NetworkCondition.patch(at: WallTime(nanoseconds: 1_700_000_000_000_000_000))
        let conditions = patch.object?["status"]?.object?["conditions"]?.array
        let condition = try #require(conditions?.first?.object)
        #expect(conditions?.count == 1)
        #expect(condition["type"]?.string == "NetworkUnavailable")
        #expect(condition["status"]?.string == "False")
        #expect(condition["lastTransitionTime"]?.string == "2023-11-14T22:13:20Z")
    }

    @Test(.requiresRoot)
    func `R9: the cluster is told once the node has its network, and only then`() throws {
        let sent = Mutex<[JSONValue]>([])
        try withLab { lab in
            try withTemporaryDirectory { directory in
                var waiting = own("True")
                waiting.spec.podCIDRs = []
                let announcer = try NetworkAnnouncer(Log { _ in }) { patch in
                    sent.withLock { $0.append(patch) }
                    return nil
                }
                let agent = try AgentLab(lab, directory, waiting, announcer)
                defer { agent.stop() }
                try agent.wait("the reason") { $0.state.current[.cni]?.problem != nil }
                #expect(sent.withLock(\.count) == 0)
                agent.put(own("True"))
                try agent.wait("the announcement") { _ in sent.withLock(\.count) == 1 }
                // Said again at once, it would be sent for every heartbeat.
                agent.put(own("True"))
                try agent.wait("readiness") { $0.state.unready.isEmpty }
                #expect(sent.withLock(\.count) == 1)
            }
        }
    }
}
