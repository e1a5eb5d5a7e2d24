import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import Bench

@Suite(.requiresRoot, .serialized) struct `The suite cni` {
    private func run(_ settings: PodSettings) throws -> (
        found: [Measurement], ratios: [Ratio], notes: [String]
    ) {
        var all = ([Measurement](), [Ratio](), [String]())
        var suite = PodSuite(settings)
        try suite.run(
            Observer { event in
                switch event {
                case .measured(let found, let ratios):
                    all.0 += found
                    all.1 += ratios
                case .note(let text): all.2.append(text)
                case .round, .step: break
                }
            })
        return all
    }

    @Test func `measures all of a pod's life, and leaves nothing`() throws {
        try withTemporaryDirectory { state in
            var settings = PodSettings(plugin: try builtProgram("weft-cni"))
            settings.shorten()
            settings.rounds = 1
            settings.pods = 1
            settings.residents = [1, 3]
            settings.leases = [0, 20]
            settings.callers = 2
            settings.state = state
            let all = try run(settings)
            let own = all.found.filter { $0.identity["program"] == "weft" }
            for workload in ["add", "check", "del"] {
                let chains = own.filter { $0.identity.workload == workload }
                    .compactMap { $0.identity["chain"] }
                #expect(
                    Set(chains) == ["bridge", "full", "routed", "dual", "addresses"], "\(workload)")
            }
            #expect(own.contains { $0.identity["at-once"] == "2" && ($0["rate"]?.value ?? 0) > 0 })
            let kernel = all.found.filter { $0.identity["program"] == "kernel" }
            #expect(kernel.map(\.identity.workload) == ["add", "del"])
            #expect(kernel.allSatisfy { ($0["p50"]?.value ?? 0) > 0 })
            for rules in own where rules.identity.workload == "rules" {
                #expect((rules["rules"]?.value ?? 0) > 0)
            }
            // As many with three pods as with one.
            #expect(
                all.ratios.filter {
                    $0.subject.workload == "rules" && $0.subject["program"] == "weft"
                }.map(\.estimate.value) == [1])
            if let processes = own.first(where: { $0.identity.workload == "processes" }) {
                #expect(processes["processes"]?.value == 0)
            } else {
                #expect(all.notes.contains { $0.contains("strace") })
            }
            #expect(try Directory.list(state).isEmpty)
        }
    }

    @Test func `without the other plugins it says so, and measures ours`() throws {
        try withTemporaryDirectory { state in
            var settings = PodSettings(
                plugin: try builtProgram("weft-cni"), reference: "\(state)/nothing")
            settings.shorten()
            settings.rounds = 1
            settings.pods = 1
            settings.residents = [1]
            settings.leases = [0]
            settings.callers = 1
            settings.state = state
            let all = try run(settings)
            #expect(all.notes.contains { $0.contains("bridge") && $0.contains("nothing") })
            #expect(
                all.found.allSatisfy {
                    ["weft", "kernel", "netlink"].contains($0.identity["program"])
                })
        }
    }

    @Test func `without our own plugin it says what to do`() {
        let error = #expect(throws: BenchError.self) {
            try run(PodSettings(plugin: "/nowhere/weft-cni"))
        }
        #expect(error?.description.contains("--plugins") == true)
    }
}
