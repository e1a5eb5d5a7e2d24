import Testing

@testable import Bench

@Suite struct `Numbers for people` {
    @Test(arguments: [
        (0, 0, "0"), (0.5, 0, "1"), (999.5, 0, "1,000"), (1_234_567, 0, "1,234,567"),
        (-1234.5, 1, "-1,234.5"), (-0.04, 1, "0.0"), (0.005, 2, "0.01"), (1.005, 1, "1.0"),
        (12.3456, 3, "12.346"), (1e17, 2, "1e+17"), (Double.infinity, 1, "inf"),
    ])
    func `have so many decimals, and commas`(number: Double, decimals: Int, text: String) {
        #expect(number.text(decimals: decimals) == text)
    }

    @Test(arguments: [
        (Quantity.p50, 26_940.0, "26.9 µs"), (.p50, 999, "999 ns"), (.p50, 1000, "1.00 µs"),
        (.p50, 0, "0 ns"), (.p50, 4_100_000, "4.10 ms"), (.p50, 61e9, "61.0 s"),
        (.p50, 0.25, "0.250 ns"),
        (.rate, 25_800, "25.8 k/s"), (.rate, 12, "12/s"), (.throughput, 1.17e9, "1.17 GB/s"),
        (.memory, 60_000_000, "60.0 MB"), (.lost, 0.01, "1.00 %"), (.lost, 0, "0 %"),
        (.lost, 0.00012, "0.0120 %"), (Quantity("messages", .count, better: .less), 1200, "1,200"),
    ])
    func `have three digits and a unit`(quantity: Quantity, value: Double, text: String) {
        #expect(quantity.text(value) == text)
    }

    @Test func `stand before their intervals in the same unit`() {
        let estimate = Estimate(value: 26_900, low: 26_440, high: 1_027_500, rounds: [])
        #expect(Quantity.p50.text(estimate) == "26.9 µs [26.4–1,027.5]")
        let ratio = Estimate(value: 1.2, low: 1.166, high: 1.234, rounds: [])
        #expect(ratio.ratioText == "1.20 × [1.17–1.23]")
        #expect(
            Estimate(value: 0.004, low: 0.003, high: 0.0051, rounds: []).ratioText
                == "0.0040 × [0.0030–0.0051]")
        #expect(
            Estimate(value: 812, low: 790, high: 840, rounds: []).ratioText
                == "812 × [790–840]")
    }

    @Test(arguments: [
        (0.0, ""), (0.001, "▏"), (1, "▏"), (8, "█"), (12, "█▌"), (80, "██████████"),
        (90, "██████████"),
        (-3, ""),
    ])
    func `have bars in eighths of a column`(value: Double, text: String) {
        #expect(Bar.text(value, of: 80, columns: 10) == text)
    }

    @Test func `at an axis have no more decimals than they need`() {
        let unit = ShownUnit(for: 50_000, of: .nanoseconds)
        #expect([0, 12_500, 50_000].map(unit.tickText) == ["0", "12.5 µs", "50 µs"])
    }
}
