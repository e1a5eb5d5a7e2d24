import FuzzSupport
import Testing

@testable import Bench

@Suite struct `Whether two runs measured the same` {
    private func estimate(_ rounds: Double...) -> Estimate { Estimate(rounds: rounds) }

    @Test func `intervals that overlap are noise`() {
        let one = estimate(1, 2, 3, 4, 5, 6)
        #expect(one.difference(from: estimate(6, 7, 8, 9, 10, 11)) == .none)
        #expect(one.difference(from: one) == .none)
    }

    @Test func `intervals apart are certain with enough rounds, and unsure with few`() {
        #expect(estimate(1, 2, 3, 4).difference(from: estimate(5, 6, 7, 8)) == .certain)
        #expect(estimate(1, 2, 3).difference(from: estimate(5, 6, 7)) == .unsure)
        #expect(estimate(1).difference(from: estimate(5)) == .unsure)
        #expect(estimate(1).difference(from: estimate(5, 6, 7, 8, 9, 10)) == .unsure)
        #expect(estimate(1, 2, 3, 4).difference(from: estimate()) == .unsure)
    }

    /// Counts over all orders in which the rounds of both can come.
    private func enumerated(_ count: Int, _ other: Int) -> Double {
        var apart = 0
        var all = 0
        for order in 0..<(1 << (count + other)) where order.nonzeroBitCount == count {
            let ranks = (0..<(count + other)).map(Double.init)
            let one = Estimate(rounds: ranks.filter { order >> Int($0) & 1 == 1 })
            let two = Estimate(rounds: ranks.filter { order >> Int($0) & 1 == 0 })
            all += 1
            if !one.overlaps(two) { apart += 1 }
        }
        return Double(apart) / Double(all)
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (3, 5), (4, 9), (6, 6), (8, 9), (9, 9)])
    func `the chance that they lie apart is that of all orders`(count: Int, other: Int) {
        let expected = enumerated(count, other)
        #expect((Estimate.chanceApart(count, other) - expected).magnitude < 1e-12)
        #expect((Estimate.chanceApart(other, count) - expected).magnitude < 1e-12)
    }

    @Test func `many rounds of both leave little to chance, and few of one do not`() {
        // What intervals of a normal distribution come to: P(|z| > 2 · 1.96 / √2).
        #expect((Estimate.chanceApart(1000, 1000) - 0.0056).magnitude < 0.001)
        // All four on the same side of a median that is known to three hundredths of all.
        #expect((Estimate.chanceApart(4, 1000) - 0.097).magnitude < 0.002)
    }

    @Test func `of two runs of the same, hardly one figure in a hundred is called changed`() {
        var generator = SeededGenerator(seed: 3)
        let changed = (0..<2000).count { _ in
            let runs = (0..<2).map { _ in
                // Every tenth round is disturbed, as on a busy machine.
                Estimate(
                    rounds: (0..<10).map { _ in
                        let disturbed = Double.random(in: 0..<1, using: &generator) < 0.1
                        return Double.random(in: 1..<1.1, using: &generator) * (disturbed ? 3 : 1)
                    })
            }
            return runs[0].difference(from: runs[1]) == .certain
        }
        // 0.1 % is exact for ten rounds each.
        #expect(changed < 20)
    }
}
