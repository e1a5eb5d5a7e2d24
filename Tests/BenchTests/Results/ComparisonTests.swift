import JSON
import Testing

@testable import Bench

@Suite struct `Two runs beside each other` {
    private static let identity = Identity(
        "path", "connect", [.init("service", "cluster-ip"), .init("family", "v4")])
    private static let direct = Identity(
        "path", "connect", [.init("service", "direct"), .init("family", "v4")])

    private func results(
        _ figures: [Figure], _ ratios: [Ratio] = [], facts: [(String, String)] = []
    ) -> Results {
        var all = Facts()
        all.rows = facts.map { Facts.Row($0.0, $0.1) }
        var results = Results(all)
        results.add([Measurement(Self.identity, figures)], ratios)
        return results
    }

    private func verdict(_ quantity: Quantity, _ before: Double, _ after: Double) throws
        -> Comparison.Verdict
    {
        let comparison = Comparison(
            of: results([Figure(quantity, .spread(around: before))]),
            and: results([Figure(quantity, .spread(around: after))]))
        return try #require(comparison.figures.first).verdict
    }

    @Test func `call better and worse what is so for the quantity`() throws {
        #expect(try verdict(.p50, 100, 101) == .noise)
        #expect(try verdict(.p50, 100, 120) == .worse)
        #expect(try verdict(.p50, 100, 80) == .better)
        #expect(try verdict(.rate, 100, 120) == .better)
        #expect(try verdict(.rate, 100, 80) == .worse)
    }

    @Test func `are unsure about few rounds, unless they are the same`() throws {
        func pair(_ before: [Double], _ after: [Double]) throws -> Comparison.Pair {
            let comparison = Comparison(
                of: results([Figure(.memory, Estimate(rounds: before))]),
                and: results([Figure(.memory, Estimate(rounds: after))]))
            return try #require(comparison.figures.first)
        }
        #expect(try pair([50, 51], [60, 61]).verdict == .unsure)
        #expect(try pair([50], [50]).verdict == .noise)
        #expect(try pair([50], [60]).change == 0.2)
        #expect(try pair([0], [60]).change == nil)
    }

    @Test func `compare ratios by what is better for their quantity`() throws {
        let ratio = { (value: Double) in
            Ratio(of: Self.identity, to: Self.direct, .rate, .spread(around: value))
        }
        let comparison = Comparison(
            of: results([], [ratio(0.96)]), and: results([], [ratio(0.80)]))
        #expect(comparison.ratios.map(\.verdict) == [.worse])
        #expect(comparison.becameWorse)
        #expect(comparison.figures.isEmpty)
    }

    @Test func `find the same thing whatever the order of its circumstances`() {
        var before = results([Figure(.p50, .spread(around: 1))])
        let turned = Identity(
            "path", "connect", Self.identity.circumstances.reversed())
        var after = Results(Facts())
        after.add([Measurement(turned, [Figure(.p50, .spread(around: 1))])], [])
        #expect(Comparison(of: before, and: after).figures.count == 1)
        // What was measured twice is compared in its order.
        before.add([Measurement(Self.identity, [Figure(.p50, .spread(around: 9))])], [])
        after.add([Measurement(Self.identity, [Figure(.p50, .spread(around: 9))])], [])
        let comparison = Comparison(of: before, and: after)
        #expect(comparison.figures.map(\.verdict) == [.noise, .noise])
        #expect(comparison.onlyBefore.isEmpty && comparison.onlyAfter.isEmpty)
    }

    @Test func `tell what only one of them has`() {
        let before = results([Figure(.p50, .spread(around: 1)), Figure(.p99, .spread(around: 1))])
        let after = results([Figure(.p50, .spread(around: 1)), Figure(.rate, .spread(around: 1))])
        let comparison = Comparison(of: before, and: after)
        #expect(comparison.onlyBefore.map(\.quantity) == [.p99])
        #expect(comparison.onlyAfter.map(\.quantity) == [.rate])
    }

    @Test func `tell how the machines differ, but not the days`() {
        let before = results([], facts: [("kernel", "6.18"), ("date", "1"), ("memory", "8 GB")])
        let after = results([], facts: [("kernel", "6.18"), ("date", "2"), ("swap", "none")])
        #expect(
            Comparison(of: before, and: after).facts == [
                .init(name: "memory", before: "8 GB", after: nil),
                .init(name: "swap", before: nil, after: "none"),
            ])
    }

    private func changed() -> Comparison {
        let ratio = Ratio(of: Self.identity, to: Self.direct, .p50, .spread(around: 1.05))
        return Comparison(
            of: results(
                [Figure(.p50, .spread(around: 28_200)), Figure(.rate, .spread(around: 24_400))],
                [ratio], facts: [("kernel", "6.12")]),
            and: results(
                [Figure(.p50, .spread(around: 33_840)), Figure(.rate, .spread(around: 24_500))],
                [ratio], facts: [("kernel", "6.18")]))
    }

    @Test func `are told in a line for each figure, and one for all`() {
        #expect(
            changed().text(onlyChanges: false) == """
                path/connect
                  worse  connect  median           28.2 µs [27.6–28.9]   →  33.8 µs [33.1–34.7]   +20.0 %
                  noise  connect  rate             24.4 k/s [23.9–25.0]  →  24.5 k/s [24.0–25.1]  +0.4 %
                  noise  connect  median × direct  1.05 × [1.03–1.08]    →  1.05 × [1.03–1.08]    ±0.0 %

                other kernel: 6.12 before, 6.18 after
                1 of 2 figures agree, 1 worse; 1 of 1 ratios agree

                """)
        #expect(changed().text(onlyChanges: true).split(separator: "\n").count == 4)
    }

    @Test func `are told to programs as well`() throws {
        let object = try #require(changed().json.object)
        let figure = try #require(object["figures"]?.array?.first?.object)
        #expect(figure["verdict"] == .string("worse"))
        #expect(figure["quantity"] == .string("p50"))
        #expect(figure["of"]?.object?["circumstances"]?.object?["service"]?.string == "cluster-ip")
        #expect(object["counts"]?.object?["noise"] == .number("2"))
        #expect(object["ratios"]?.array?.first?.object?["to"]?.object?["workload"] != nil)
        // It is JSON that our own reader takes.
        let text = Array(changed().json.indentedText.utf8)
        #expect(try JSONValue(document: text.span) == changed().json)
    }

    @Test func `of the same results agree in all`() {
        let comparison = Comparison(of: SampleResults.results, and: SampleResults.results)
        let results = SampleResults.results
        #expect(comparison.count(.noise, of: comparison.ratios) == results.ratios.count)
        #expect(comparison.count(.noise, of: comparison.figures) == comparison.figures.count)
        #expect(!comparison.becameWorse)
        #expect(comparison.onlyBefore.isEmpty && comparison.onlyAfter.isEmpty)
    }
}
