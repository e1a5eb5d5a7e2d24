import Kubernetes
import NFTables
import Network
import Testing

@testable import Proxy

@Suite struct `A table that was read in advance` {
    private let table = ProxyTable(.v4)
    private let wanted = WantedServices(
        snapshot: Snapshot(), node: NodeView(name: "n1"), family: .v4, settings: ModelSettings(),
        nodeAddress: nil)

    private func rules(_ fake: inout FakeRuleset) throws -> Int {
        try fake.rules(in: table.name, chain: "pick").count
    }

    @Test func `is taken as it was read, unless it has changed since`() throws {
        var fake = FakeRuleset()
        var first = FamilySync(table, seed: 0)
        _ = try first.recover(wanted, NodeNetworks(), &fake)
        let whole = try rules(&fake)
        var second = FamilySync(table, seed: 0)
        try second.prepare(&fake)
        #expect(try second.recover(wanted, NodeNetworks(), &fake).commands == 0)

        var third = FamilySync(table, seed: 0)
        try third.prepare(&fake)
        var damage = Transaction()
        damage.flush(table.chain("pick"))
        try fake.apply(damage)
        #expect(try rules(&fake) == 0)
        _ = try third.recover(wanted, NodeNetworks(), &fake)
        #expect(try rules(&fake) == whole)
    }
}
