extension Estimate {
    package func overlaps(_ other: Estimate) -> Bool { low <= other.high && other.low <= high }

    package enum Difference: Hashable, Sendable {
        case none
        /// The intervals lie apart, but of so few rounds that chance may explain it.
        case unsure
        case certain
    }

    /// Whether another run of the same measured something else.
    package func difference(from other: Estimate) -> Difference {
        if overlaps(other) { return .none }
        let chance = Self.chanceApart(rounds.count, other.rounds.count)
        return chance <= 1 - Self.confidence ? .certain : .unsure
    }

    /// How probable it is that the intervals of so many rounds and of so many others lie apart
    /// although both measure the same, so that every order of all rounds is as probable.
    static func chanceApart(_ count: Int, _ other: Int) -> Double {
        // Of more it is less, which matters no longer, and would have too many orders to count.
        let (one, two) = (min(count, mostOrdered), min(other, mostOrdered))
        guard one > 0, two > 0 else { return 1 }
        return chanceBelow(one, two) + chanceBelow(two, one)
    }

    private static var mostOrdered: Int { 30 }

    /// The same for the first one's interval to lie below the other one.
    ///
    /// It does if among the rounds up to a place, from the smallest on, are enough of the first:
    /// all up to its interval's end, while the other one's has not begun.
    private static func chanceBelow(_ count: Int, _ other: Int) -> Double {
        let needed = count - outerRank(of: count)
        let place = needed + outerRank(of: other)
        let ways = (needed...min(count, place)).reduce(0) { ways, some in
            ways + choices(some, of: place) * choices(count - some, of: count + other - place)
        }
        return ways / choices(count, of: count + other)
    }

    /// In how many ways so many can be chosen.
    private static func choices(_ count: Int, of all: Int) -> Double {
        guard count <= all else { return 0 }
        return (0..<count).reduce(1) { $0 * Double(all - $1) / Double($1 + 1) }
    }
}
