import Kubernetes
import NFTables
import Network
import Testing

@testable import Proxy

@Suite struct `Places that lists have left` {
    private let port = TestPort(family: .v4)

    private func programmed() throws -> (FamilyPlan, FakeRuleset) {
        var fake = FakeRuleset()
        let table = ProxyTable(.v4)
        var change = TableChange(table)
        let held = try HeldTable(table, from: &fake)
        let plan = FamilyPlan(
            table, seed: 0, adopting: held, services: [:], networks: NodeNetworks(), &change)
        try fake.apply(change.transaction)
        return (plan, fake)
    }

    private func places(_ fake: inout FakeRuleset) throws -> Int {
        try fake.elements(of: ProxyTable(.v4).definition(.endpoints)).count
    }

    private func set(
        _ backends: [Int], _ plan: inout FamilyPlan, _ fake: inout FakeRuleset,
        removing: Bool = false
    ) throws {
        var change = TableChange(plan.table)
        if removing { plan.removeRetired(&change) }
        _ = plan.set(port.key(1), to: [port.meaning(1, backends)], &change)
        try fake.apply(change.transaction)
    }

    @Test func `stay until they are asked for the second time`() throws {
        var (plan, fake) = try programmed()
        try set([1, 2, 3], &plan, &fake)
        try set([1, 2], &plan, &fake)
        #expect(try places(&fake) == 5)
        try set([1, 2], &plan, &fake, removing: true)
        #expect(try places(&fake) == 5)
        try set([1, 2], &plan, &fake, removing: true)
        #expect(try places(&fake) == 2)
    }

    @Test func `are no obstacle to who comes to them again`() throws {
        var (plan, fake) = try programmed()
        for backends in [[1], [1, 2], [2], [1], [], [3], [3, 4], [4]] as [[Int]] {
            try set(backends, &plan, &fake)
        }
        try fake.apply(plan.restock().transaction)
        #expect(try places(&fake) == 1)
    }

    @Test func `keep their rotation from others`() throws {
        var (plan, fake) = try programmed()
        try set([1, 2, 3], &plan, &fake)
        let rotation = plan.ports[port.key(1)]?[0].placement.cluster.rotation
        try set([1, 2], &plan, &fake)
        var change = TableChange(plan.table)
        _ = plan.set(port.key(2), to: [port.meaning(2, [4, 5, 6])], &change)
        try fake.apply(change.transaction)
        let other = plan.ports[port.key(2)]?[0].placement.cluster.rotation
        #expect(rotation != nil && other != nil && rotation != other)
    }
}
