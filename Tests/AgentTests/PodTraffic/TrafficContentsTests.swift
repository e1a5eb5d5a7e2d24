import NFTables
import Network
import Testing

@testable import Agent

@Suite struct TrafficContentsTests {
    private func contents(
        _ count: Int, excluded: [String] = [], tunnels: [TunnelEndpoint] = TrafficLab.tunnels
    ) throws -> TrafficContents {
        var settings = PodTrafficSettings()
        settings.excluded = try excluded.map { try CIDR(validating: $0) }
        let nodes = (1...count).map { numberedNode("node-\($0)", $0) }
        return TrafficContents(
            settings, ClusterNodes(snapshot(nodes), own: "node-1"), tunnels)
    }

    private func rules(_ contents: TrafficContents) throws -> Int {
        var ruleset = FakeRuleset()
        try ruleset.apply(TrafficChange(from: nil, to: contents).transaction)
        return try ruleset.rules(in: TrafficTable.name, chain: nil).count
    }

    @Test func `the number of rules does not follow the number of nodes`() throws {
        #expect(try rules(contents(2)) == rules(contents(200)))
    }

    @Test func `without tunnels no packet is asked whether it is for one`() throws {
        let chains = try contents(2, tunnels: []).table.chains.map(\.chain.name.name)
        #expect(chains == ["leaving"])
    }

    @Test(arguments: [
        (["10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16"], 3),
        (["0.0.0.0/0"], 1),
        (["239.0.0.0/8"], 1),
        (["fd00::/8"], 1),
    ])
    func `excluded networks may overlap each other and multicast`(
        networks: [String], count: Int
    ) throws {
        let contents = try contents(2, excluded: networks)
        #expect(contents.elements[TrafficSet(.excluded, .v4)]?.count == count)
        #expect(try rules(contents) > 0)
    }

    @Test func `an address of two nodes stays until both are gone`() throws {
        let one = node("a", [], [("InternalIP", "192.0.2.1")])
        let two = node("b", [], [("InternalIP", "192.0.2.1")])
        let changes = [[one, two], [one], []].map {
            TrafficContents(PodTrafficSettings(), ClusterNodes(snapshot($0), own: "c"), [])
        }
        #expect(TrafficChange(from: changes[0], to: changes[1]).isEmpty)
        #expect(TrafficChange(from: changes[1], to: changes[2]).elementCount == 1)
    }
}
