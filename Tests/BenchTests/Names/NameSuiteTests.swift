import Network
import Platform
import TestSupport
import Testing

@testable import Bench

@Suite(.requiresRoot, .serialized) struct `The suite dns` {
    /// What a small run tells.
    private func run() throws -> (measurements: [Measurement], ratios: [Ratio], notes: [String]) {
        var settings = NameSettings(weft: try builtProgram("weft"))
        settings.services = NameSettings.fewestServices
        settings.endpoints = 3
        settings.threads = 1
        settings.rate = 1000
        settings.outstanding = 20
        settings.shorten()
        settings.duration = .milliseconds(100)
        settings.rounds = 1
        var found = ([Measurement](), [Ratio](), [String]())
        var suite = NameSuite(settings)
        try suite.run(
            Observer { event in
                switch event {
                case .measured(let measurements, let ratios):
                    found.0 += measurements
                    found.1 += ratios
                case .note(let text): found.2.append(text)
                case .round, .step: break
                }
            })
        return found
    }

    @Test func `measures weft in every way, and others beside it`() throws {
        let found = try run()
        let own = found.measurements.filter { $0.identity["program"] == "weft" }
        let ways = Set(own.map { "\($0.identity.workload) \($0.identity["transport"] ?? "")" })
        #expect(ways == ["saturated udp", "paced udp", "paced tcp", "churn udp"])
        #expect(Set(own.compactMap { $0.identity["family"] }) == ["v4", "v6"])
        #expect(own.contains { $0.identity["questions"] == "cached" })
        for measurement in found.measurements {
            let figures = ["p50", "p99", "cpu", "rss"].compactMap { measurement[$0]?.value }
            #expect(figures.count == 4 && figures.allSatisfy { $0 > 0 }, "\(measurement.identity)")
            #expect(measurement["rate"] != nil || measurement.identity.workload != "saturated")
            #expect(measurement.histogram.count > 0)
        }
        for ratio in found.ratios where ratio.subject.workload != "churn" {
            #expect(ratio.subject["program"] == "weft" && ratio.baseline["program"] != "weft")
        }
        #expect(found.ratios.contains { $0.subject.workload == "churn" })
        // A peer is measured or told of.
        for name in NamePrograms.names {
            let isMeasured = found.measurements.contains { $0.identity["program"] == name }
            #expect(isMeasured || found.notes.contains { $0.contains(name) }, "\(name)")
        }
    }
}
