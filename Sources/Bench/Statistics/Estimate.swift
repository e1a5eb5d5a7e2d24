/// What several rounds gave for one quantity: their median, and where the true median lies.
package struct Estimate: Hashable, Sendable {
    package let value: Double
    package let low: Double
    package let high: Double
    /// What each round gave, in their order.
    package let rounds: [Double]

    /// With how much certainty the true median is between the ends, if there are enough rounds.
    package static let confidence = 0.95

    /// There is at least one round.
    ///
    /// The ends are two of the rounds' own values, chosen by rank: rounds on a busy machine are
    /// not spread evenly, and nothing is taken for granted of how they are. With fewer than six
    /// rounds, the smallest and the largest are certain to less than that.
    package init(rounds: [Double]) {
        let sorted = rounds.sorted()
        let outer = Self.outerRank(of: sorted.count)
        self.rounds = rounds
        value = sorted.median
        low = sorted.isEmpty ? 0 : sorted[outer]
        high = sorted.isEmpty ? 0 : sorted[sorted.count - 1 - outer]
    }

    package init(value: Double, low: Double, high: Double, rounds: [Double]) {
        self.value = value
        self.low = low
        self.high = high
        self.rounds = rounds
    }

    /// The largest rank k with P(k-th of n ≤ median ≤ k-th from the end) ≥ the confidence.
    ///
    /// So many of n rounds are below the median as heads are in n tosses of a coin.
    static func outerRank(of count: Int) -> Int {
        guard count > 0 else { return 0 }
        var term = 1.0
        for _ in 0..<count { term /= 2 }
        var below = 0.0
        for rank in 0...(count / 2) {
            below += term
            if 2 * below > 1 - confidence { return max(0, rank - 1) }
            term *= Double(count - rank) / Double(rank + 1)
        }
        return 0
    }
}

extension [Double] {
    /// The median of values that are sorted.
    fileprivate var median: Double {
        guard !isEmpty else { return 0 }
        let middle = count / 2
        return count.isMultiple(of: 2) ? (self[middle - 1] + self[middle]) / 2 : self[middle]
    }
}
