import Kubernetes
import Network
import Testing

@testable import Proxy

@Suite struct `Destinations that two services ask for` {
    @Test func `go to the first, and the second is told who has it`() {
        let port = TestPort(family: .v4)
        var plan = FamilyPlan(ProxyTable(.v4), seed: 0)
        var change = TableChange(plan.table)
        for number in [1, 2] {
            var meaning = port.meaning(number, [number])
            meaning.nodePort = 30000
            _ = plan.set(port.key(number), to: [meaning], &change)
        }
        #expect(plan.conflicts(of: port.key(1)) == [])
        let complaints = plan.conflicts(of: port.key(2))
        #expect(complaints.map(\.subject) == ["Service test/s2"])
        #expect(
            complaints.map(\.text)
                == ["is not reached at node port 30000/TCP: test/s1:http had it first"])
        #expect(plan.conflictCount == 1)
        let waiting = plan.set(port.key(1), to: [], &change)
        #expect(waiting == [port.key(2)])
    }
}
