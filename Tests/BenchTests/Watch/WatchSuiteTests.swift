import Network
import Testing

@testable import Bench

@Suite struct `What it takes to know a cluster` {
    private func run(_ suite: some Suite) throws -> (measured: [Measurement], ratios: [Ratio]) {
        var suite = suite
        var found: (measured: [Measurement], ratios: [Ratio]) = ([], [])
        try suite.run(
            Observer { event in
                guard case .measured(let measured, let ratios) = event else { return }
                found.measured += measured
                found.ratios += ratios
            })
        return found
    }

    @Test(arguments: [[IPFamily.v4], [IPFamily.v6]])
    func `is measured in both formats, at both sizes, and compared`(families: [IPFamily]) throws {
        var settings = WatchSuite.Settings()
        settings.services = 60
        settings.few = 6
        settings.endpoints = 3
        settings.families = families
        settings.changes = 12
        settings.rounds = 2
        let (measured, ratios) = try run(WatchSuite(settings))
        let workloads = Dictionary(grouping: measured, by: \.identity.workload)
        #expect(workloads.mapValues(\.count) == ["decode": 2, "list": 4, "store": 4, "change": 4])
        for each in measured {
            #expect(!each.figures.isEmpty)
            #expect(each.figures.allSatisfy { $0.estimate.rounds.count == 2 })
            #expect(each.figures.allSatisfy { $0.estimate.value > 0 }, "\(each.identity)")
        }
        for each in workloads["change", default: []] + workloads["store", default: []] {
            #expect(each.histogram.count == 24)
        }
        let json = try #require(
            ratios.first {
                $0.subject.workload == "decode" && $0.quantity.name == "bytes"
            })
        // JSON names each field.
        #expect(json.estimate.value > 1.2)
    }

    @Test func `a user's own server is measured as it is`() throws {
        let objects = try APIObjects(ServedObjects(PlainCluster(services: 20, endpoints: 2)))
        let server = try APIServer(objects)
        let scratch = try ScratchDirectory()
        let file = try scratch.write("config", server.kubeconfig)
        let (measured, _) = try run(
            RemoteWatchSuite(kubeconfig: file, context: nil, rounds: 1))
        let list = try #require(measured.first)
        #expect(list.identity["services"] == "20")
        #expect(list["bytes"].map { $0.value > 20_000 } == true)
        #expect(list["cpu"].map { $0.value > 0 } == true)
    }

    @Test func `a server that is not there ends it with what the source said`() throws {
        let scratch = try ScratchDirectory()
        let file = try scratch.write("config", "kind: Config\n")
        #expect(throws: (any Error).self) {
            _ = try run(RemoteWatchSuite(kubeconfig: file, context: nil, rounds: 1))
        }
    }
}
