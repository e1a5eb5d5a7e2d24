import Testing

@testable import Bench

@Suite struct `What several rounds are worth` {
    @Test(arguments: [(5, 0), (6, 0), (8, 0), (9, 1), (10, 1), (20, 5), (30, 9)])
    func `the interval ends at the ranks of the sign test`(count: Int, outer: Int) {
        let rounds = (0..<count).map(Double.init).shuffled()
        let estimate = Estimate(rounds: rounds)
        #expect(estimate.low == Double(outer))
        #expect(estimate.high == Double(count - 1 - outer))
        #expect(estimate.value == Double(count - 1) / 2)
        #expect(estimate.rounds == rounds)
    }

    @Test func `nineteen of twenty intervals hold the true median`() {
        var generator = SystemRandomNumberGenerator()
        let trials = 4000
        let hits = (0..<trials).count { _ in
            // Squares of what is spread evenly: their median is a quarter.
            let rounds = (0..<10).map { _ in
                let root = Double.random(in: 0..<1, using: &generator)
                return root * root
            }
            let estimate = Estimate(rounds: rounds)
            return estimate.low <= 0.25 && 0.25 <= estimate.high
        }
        // 97.9 % is exact for ten rounds; five standard deviations are 1.1 %.
        #expect(Double(hits) / Double(trials) > 0.965)
    }
}
