import NFTables
import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite struct `The table in kube-proxy's shape` {
    /// One service has two ports, all others one.
    static let (services, ports) = (6, 7)
    static let endpoints = 4

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `services with an address of their own are as many objects as kube-proxy's`(
        family: IPFamily
    ) throws {
        let table = try table(family, kinds: [])
        #expect(table.chains.count == 15 + Self.ports)
        #expect(table.chains.count { $0.base != nil } == 8)
        #expect(table.rules.count == 22 + Self.ports)
        #expect(table.named.count == 8)
        #expect(table.elements(of: "cluster-ips") == Self.services)
        #expect(table.elements(of: "service-ips") == Self.ports)
        let maps = table.anonymousMaps
        #expect(maps.count == Self.ports)
        #expect(maps.allSatisfy { $0.elements.count == Self.endpoints })
    }

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `a load balancer's ports have a chain and two rules more`(family: IPFamily) throws {
        let table = try table(family, kinds: [.loadBalancer])
        #expect(table.chains.count == 15 + Self.ports + 2)
        #expect(table.rules.count == 22 + Self.ports + 4)
        #expect(table.elements(of: "service-ips") == Self.ports + 2)
        #expect(table.elements(of: "service-nodeports") == 2)
    }

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `affinity has a chain, a set and three rules for each endpoint`(family: IPFamily) throws {
        let table = try table(family, kinds: [.affinity])
        // The additional service has two ports.
        let sticky = 2 * Self.endpoints
        #expect(table.chains.count == 15 + Self.ports + 2 + sticky)
        #expect(table.rules.count == 22 + Self.ports + 2 + 3 * sticky)
        #expect(table.named.count == 8 + sticky)
    }

    private func table(_ family: IPFamily, kinds: Set<ServiceKind>) throws -> TableContents {
        let services = ServiceSet(
            Self.services, endpoints: Self.endpoints, families: [family], kinds: kinds)
        let host = try Topology.Host("node")
        let ruleset = try #require(
            PeerRuleset(.kubeProxyNFTables, services, family, node: 1))
        try ruleset.load(on: host)
        let name = TableName(family == .v4 ? .ip : .ip6, "kube-proxy")
        let contents = try host.run { () throws(NFTablesError) in
            var kernel = try KernelRuleset()
            return try kernel.contents(of: name)
        }
        return try #require(contents)
    }
}

extension TableContents {
    fileprivate var named: [Contents] { sets.filter { !$0.set.flags.contains(.anonymous) } }

    fileprivate func elements(of set: String) -> Int? {
        sets.first { $0.set.name.name == set }?.elements.count
    }

    /// Those that choose an endpoint; the other one holds the services' network.
    fileprivate var anonymousMaps: [Contents] {
        sets.filter { $0.set.flags.contains(.anonymous) && $0.set.data != nil }
    }
}
