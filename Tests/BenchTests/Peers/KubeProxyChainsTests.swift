import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite struct `The chains in kube-proxy's shape` {
    static let (services, ports) = (6, 7)
    static let endpoints = 4

    @Test(
        .requiresRoot, arguments: [PathProgram.kubeProxyIPTables, .kubeProxyLegacy],
        IPFamily.allCases)
    func `each port has a chain, each endpoint one, and the choice is a rule for each`(
        program: PathProgram, family: IPFamily
    ) throws {
        let lines = try saved(program, family, kinds: [])
        #expect(lines.count { $0.hasPrefix(":KUBE-SVC-") } == Self.ports)
        #expect(lines.count { $0.hasPrefix(":KUBE-SEP-") } == Self.ports * Self.endpoints)
        // Masquerading, and an endpoint each.
        #expect(
            lines.count { $0.hasPrefix("-A KUBE-SVC-") } == Self.ports * (1 + Self.endpoints))
        #expect(lines.count { $0.hasPrefix("-A KUBE-SEP-") } == 2 * Self.ports * Self.endpoints)
        #expect(lines.count { $0.hasPrefix("-A KUBE-SERVICES") } == Self.ports + 1)
        #expect(lines.last { $0.hasPrefix("-A KUBE-SERVICES") }?.contains("NODEPORTS") == true)
    }

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `a load balancer's ports have a chain for what comes from outside`(
        family: IPFamily
    ) throws {
        let lines = try saved(.kubeProxyIPTables, family, kinds: [.loadBalancer])
        #expect(lines.count { $0.hasPrefix(":KUBE-EXT-") } == 2)
        #expect(lines.count { $0.hasPrefix("-A KUBE-EXT-") } == 4)
        #expect(lines.count { $0.hasPrefix("-A KUBE-NODEPORTS") } == 2)
        #expect(lines.count { $0.hasPrefix("-A KUBE-SERVICES") } == Self.ports + 3)
    }

    @Test func `the shares of what is left come out even`() {
        let services = ServiceSet(1, endpoints: 3, families: [.v4])
        let text = KubeProxyChains(services, .v4).text
        #expect(text.contains("--probability 0.3333333333 "))
        #expect(text.contains("--probability 0.5000000000 "))
    }

    private func saved(
        _ program: PathProgram, _ family: IPFamily, kinds: Set<ServiceKind>
    ) throws -> [Substring] {
        let services = ServiceSet(
            Self.services, endpoints: Self.endpoints, families: [family], kinds: kinds)
        let host = try Topology.Host("node")
        if let absence = program.absence(on: try Topology.Host("trial")) {
            try Test.cancel("\(program.rawValue): \(absence)")
        }
        let ruleset = try #require(PeerRuleset(program, services, family, node: 1))
        let hadLock = try File.status("/run/xtables.lock") != nil
        try ruleset.load(on: host)
        #expect(try (File.status("/run/xtables.lock") != nil) == hadLock)
        let save = ruleset.program.replacing("restore", with: "save")
        let outcome = try host.run(
            Program(save, environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]))
        #expect(outcome.status.isSuccess)
        return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
    }
}
