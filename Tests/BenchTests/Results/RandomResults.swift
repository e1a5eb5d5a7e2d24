import FuzzSupport

@testable import Bench

/// Results of nothing, with everything in them that can be written down.
struct RandomResults {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: 17, case: seed) }

    mutating func results() -> Results {
        var facts = Facts()
        facts.rows = list(4) { Facts.Row($0.text(), $0.text()) }
        var results = Results(facts)
        results.measurements = list(5) { $0.measurement() }
        results.ratios = list(5) {
            Ratio(of: $0.identity(), to: $0.identity(), $0.quantity(), $0.estimate())
        }
        results.notes = list(3) { $0.text() }
        return results
    }

    private mutating func list<Element>(
        _ most: Int, _ element: (inout RandomResults) -> Element
    ) -> [Element] {
        (0..<generator.below(most + 1)).map { _ in element(&self) }
    }

    private mutating func measurement() -> Measurement {
        var histogram = Histogram()
        for _ in 0..<generator.below(50) {
            let sample = generator.next() >> UInt64(generator.below(64))
            histogram.record(sample, times: UInt64(generator.below(1000) + 1))
        }
        return Measurement(
            identity(), list(4) { Figure($0.quantity(), $0.estimate()) }, histogram)
    }

    private mutating func identity() -> Identity {
        Identity(text(), text(), list(4) { Identity.Circumstance($0.text(), $0.text()) })
    }

    private mutating func quantity() -> Quantity {
        let units = Quantity.Unit.allCases
        return Quantity(
            text(), units[generator.below(units.count)],
            better: generator.below(2) == 0 ? .less : .more)
    }

    private mutating func estimate() -> Estimate {
        let values = [number(), number(), number()].sorted()
        return Estimate(
            value: values[1], low: values[0], high: values[2], rounds: list(9) { $0.number() })
    }

    /// Any number there is, and often a plain one.
    private mutating func number() -> Double {
        if generator.below(3) == 0 { return Double(generator.below(100_000)) }
        let number = Double(bitPattern: generator.next())
        return number.isFinite ? number : 0.1
    }

    private static let letters = Array("az09 \"\\/\n\t\u{0}\u{1F}\u{7F}<&>é漢🧵").map(String.init)

    private mutating func text() -> String {
        list(6) { Self.letters[$0.generator.below(Self.letters.count)] }.joined()
    }
}
