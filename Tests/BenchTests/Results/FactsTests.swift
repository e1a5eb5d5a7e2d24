import Platform
import Testing

@testable import Bench

@Suite struct `Facts about a machine` {
    @Test func `say what results depend on, and not whose machine it is`() throws {
        let facts = Facts.current(["weft", "bench", "path"])
        for name in [Facts.Name.weft, .date, .command, .kernel, .processors, .memory] {
            #expect(facts[name.rawValue]?.isEmpty == false, "\(name)")
        }
        #expect(facts["command"] == "weft bench path")
        #expect(facts["processors"] == "\(Machine.processorCount)")
        #expect(facts["memory"]?.hasSuffix("B") == true)
        let hostname = try Machine.hostname
        #expect(!facts.rows.contains { $0.name == "hostname" || $0.value == hostname })
    }

    @Test func `know a processor by its name, or by its maker's numbers`() {
        let named = ProcessorText(
            """
            processor\t: 0
            model name\t: AMD EPYC 7B13
            flags\t\t: fpu hypervisor sse

            processor\t: 1
            model name\t: another
            """)
        #expect(named.model == "AMD EPYC 7B13")
        #expect(named.isVirtual)
        let numbered = ProcessorText("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n")
        #expect(numbered.model == "CPU implementer 0x41, CPU part 0xd0c")
        #expect(!numbered.isVirtual)
        #expect(ProcessorText(nil).model == nil)
    }
}

@Suite struct `What no number came of` {
    @Test func `is told in a note, once, and everything else is kept`() {
        let identity = Identity("path", "connect", [])
        let rounds = Estimate(rounds: [1, 2])
        let spoiled = Estimate(rounds: [1, .nan])
        var results = Results(Facts())
        let measurement = Measurement(identity, [Figure(.p50, rounds), Figure(.rate, spoiled)])
        let endless = Estimate(rounds: [.infinity])
        results.add(
            [measurement, measurement],
            [
                Ratio(of: identity, to: identity, .p50, rounds),
                Ratio(of: identity, to: identity, .p99, endless),
            ])
        #expect(results.measurements.map { $0.figures.map(\.quantity) } == [[.p50], [.p50]])
        #expect(results.ratios.map(\.quantity) == [.p50])
        #expect(
            results.notes == [
                "path/connect: rate is no number", "path/connect: the ratio of p99 is no number",
            ])
    }
}
