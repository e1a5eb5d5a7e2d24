import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite(.requiresRoot) struct `The real kube-proxy in the suites` {
    private static let isHere = PeerPaths.here["kube-proxy"] != nil

    private static let section = PathSection {
        $0.programs = [.weft, .kubeProxyNFTables, .realNFTables, .realIPTables]
        $0.services = [3]
        $0.endpoints = 2
        $0.kinds = [.clusterIP, .nodePort]
    }

    private static let sync = SyncSettings {
        $0.services = 4
        $0.fewServices = 2
        $0.endpoints = 3
        $0.families = [.v4]
        $0.programs = [.weft, .realNFTables, .realIPTables]
        ($0.rounds, $0.slowRounds, $0.changes) = (2, 2, 1)
    }

    @Test func `one that was not given is noted, and so is one that does not start`() throws {
        var settings = PathSettings()
        settings.sections = [Self.section]
        (settings.rounds, settings.duration) = (1, .milliseconds(30))
        let without = try results(of: PathSuite(settings))
        #expect(
            without.notes
                == KubeProxy.Mode.allCases.map {
                    "\($0.program) is not measured: none was given by --peer kube-proxy=PATH"
                })
        #expect(Set(without.measurements.compactMap { $0.identity["program"] }).count == 2)
        let scratch = try ScratchDirectory()
        let path = try scratch.write("peer", "#!/bin/sh\necho no way; exit 1\n", mode: 0o700)
        settings.add(try PeerPaths("kube-proxy=\(path)", known: PathProgram.peers)) { _ in true }
        let notes = try results(of: PathSuite(settings)).notes
        #expect(notes.count == 2 && notes.allSatisfy { $0.contains("no way") }, "\(notes)")
    }

    @Test(.enabled(if: isHere, "WEFT_KUBE_PROXY names no program"))
    func `is asked by the same ways as Weft, and compared with it`() throws {
        var settings = PathSettings()
        settings.sections = [Self.section]
        (settings.rounds, settings.duration) = (2, .milliseconds(30))
        settings.add(.here) { _ in true }
        let results = try results(of: PathSuite(settings))
        for mode in KubeProxy.Mode.allCases {
            let own = results.measurements.filter { $0.identity["program"] == mode.program }
            #expect(own.count == 4)
            #expect(own.allSatisfy { $0["lost"]?.value == 0 && $0["rate"]?.value ?? 0 > 10 })
            let ratios = results.ratios.filter { $0.baseline["program"] == mode.program }
            #expect(ratios.contains { $0.subject["program"] == "weft" })
        }
    }

    @Test(.enabled(if: isHere, "WEFT_KUBE_PROXY names no program"))
    func `starts, changes and answers beside Weft`() throws {
        var settings = Self.sync
        settings.weft = try builtProgram("weft")
        settings.add(.here)
        let results = try results(of: SyncSuite(settings))
        for mode in KubeProxy.Mode.allCases {
            let own = results.measurements.filter { $0.identity["program"] == mode.program }
            #expect(
                own.map(\.identity.workload) == [
                    "start", "endpoint-swapped", "first-answer", "first-answer",
                ])
            #expect(own.allSatisfy { $0["p50"]?.value ?? 0 > 100_000 })
            let ratios = results.ratios.filter { $0.baseline["program"] == mode.program }
            #expect(ratios.filter { $0.quantity == .p50 }.count == 4)
        }
    }

    @Test(arguments: [PathProgram.kubeProxyNFTables, .kubeProxyIPTables], IPFamily.allCases)
    func `rules of a service are seen as soon as the kernel has them`(
        program: PathProgram, family: IPFamily
    ) throws {
        if let absence = program.absence(on: try Topology.Host("trial")) {
            try Test.cancel("\(program.rawValue): \(absence)")
        }
        let node = try Topology.Host("node")
        let services = ServiceSet(4, endpoints: 2, families: [family])
        try PeerRuleset(program, services, family, node: 1)?.load(on: node)
        var watch = try RuleWatch(in: node.namespace)
        // Nothing of a service.
        _ = try node.run(Program("nft", ["add", "table", "ip", "other"]))
        #expect(try watch.next(until: .now + .milliseconds(200)) == nil)
        let begin = MonotonicTime.now
        let entry = services.entry(1, endpoints: [2])
        try PeerRuleset(changing: entry, program, services, family)?.load(on: node)
        let end = try #require(try watch.next(until: .now + .patience))
        #expect(end > begin && end < .now)
    }
}
