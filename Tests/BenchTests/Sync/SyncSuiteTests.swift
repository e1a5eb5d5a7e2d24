import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite struct `How long services take to be in the kernel` {
    private static let settings = SyncSettings {
        $0.services = 20
        $0.fewServices = 5
        $0.endpoints = 3
        $0.programs = [.weft, .kubeProxyNFTables]
        $0.rounds = 2
        $0.changes = 2
        $0.slowRounds = 2
    }

    @Test(.requiresRoot) func `everything is measured in both families, with many and with few`()
        throws
    {
        let results = try results(of: SyncSuite(Self.settings))
        let kinds = SingleChange.Kind.allCases.map(\.rawValue)
        for family in ["v4", "v6"] {
            let found = results.measurements.filter { $0.identity["family"] == family }
            for workload in kinds {
                let own = found.filter {
                    $0.identity.workload == workload && $0.identity["program"] == "weft"
                }
                #expect(own.compactMap { $0.identity["services"] } == ["20", "5"], "\(workload)")
            }
            let answers = found.filter { $0.identity.workload == "first-answer" }
            #expect(
                answers.compactMap { $0.identity["transport"] } == ["tcp", "tcp", "udp", "udp"])
            let peers = found.filter { $0.identity["program"] == "kube-proxy-nft" }
            #expect(peers.map(\.identity.workload) == ["full", "endpoint-swapped"])
        }
        #expect(results.measurements.allSatisfy { $0["p50"]?.value ?? 0 > 1000 })
        #expect(results.measurements.allSatisfy { $0["p50"]?.rounds.count == 2 })
        #expect(Set(results.measurements.map(\.identity)).count == results.measurements.count)
    }

    @Test(.requiresRoot) func `Weft is compared with peers, and many services with few`() throws {
        var settings = Self.settings
        settings.families = [.v4]
        let results = try results(of: SyncSuite(settings))
        let medians = results.ratios.filter { $0.quantity == .p50 }
        #expect(medians.allSatisfy { $0.subject["program"] == "weft" && $0.estimate.value > 0 })
        let peers = medians.filter { $0.baseline["program"] == "kube-proxy-nft" }
        #expect(peers.map(\.subject.workload) == ["full", "endpoint-swapped"])
        let few = medians.filter { $0.baseline["services"] == "5" }
        #expect(Set(few.map(\.subject.workload)).count == SingleChange.Kind.allCases.count + 1)
    }

    @Test(.requiresRoot) func `one service is enough, and is not measured twice`() throws {
        var settings = Self.settings
        settings.families = [.v4]
        (settings.services, settings.fewServices) = (1, 1)
        let results = try results(of: SyncSuite(settings))
        #expect(Set(results.measurements.map(\.identity)).count == results.measurements.count)
        #expect(results.measurements.contains { $0.identity.workload == "first-answer" })
    }

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `a proxy that starts where everything is right writes nothing`(family: IPFamily) throws {
        let services = ServiceSet(10, endpoints: 3, families: [family])
        let restart = try WarmRestart(ServiceStore(services), family)
        var subject = restart
        for _ in 0..<2 {
            let round = try subject.measure()
            #expect(round.values.contains { $0.quantity == .commands && $0.value == 0 })
        }
    }

    @Test(
        .requiresRoot, arguments: PathProgram.allCases.filter(\.isShape), IPFamily.allCases)
    func `what a peer writes for a change leads to the new endpoint`(
        program: PathProgram, family: IPFamily
    ) throws {
        let lab = try PathLab(.sameNode, endpoints: 3)
        if let absence = program.absence(on: try Topology.Host("trial")) {
            try Test.cancel("\(program.rawValue): \(absence)")
        }
        let services = ServiceSet(4, endpoints: 2, families: [family])
        let programmed = try ProgrammedNodes(program, services, lab.nodes)
        let responders = try lab.respond()
        let entry = services.entry(services.measured, endpoints: [2])
        let change = try #require(PeerRuleset(changing: entry, program, services, family))
        try change.load(on: lab.nodes[0])
        for transport in [TransportProtocol.tcp, .udp] {
            var inquirer = lab.inquirer(transport, services.target(of: .clusterIP, family))
            let answers = (0..<20).map { _ in inquirer.ask(within: .seconds(20)) }
            #expect(answers.allSatisfy { $0 == 2 }, "\(transport)")
        }
        withExtendedLifetime((lab, programmed, responders)) {}
    }
}
