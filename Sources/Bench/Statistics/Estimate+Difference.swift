import Platform

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
        guard count > 0, other > 0 else { return 1 }
        return chanceBelow(count, other) + chanceBelow(other, count)
    }

    /// The same for the first one's interval to lie below the other one.
    ///
    /// It does if among the rounds up to a place, from the smallest on, are enough of the first:
    /// all up to its interval's end, while the other one's has not begun.
    private static func chanceBelow(_ count: Int, _ other: Int) -> Double {
        let needed = count - outerRank(of: count)
        let place = needed + outerRank(of: other)
        var chance = Double.power(
            ofTen: choices(needed, of: place) + choices(count - needed, of: count + other - place)
                - choices(count, of: count + other))
        var sum = chance
        for some in needed..<min(count, place) {
            chance *= Double((place - some) * (count - some))
            chance /= Double((some + 1) * (other - place + some + 1))
            sum += chance
        }
        return sum
    }

    /// The logarithm of in how many ways so many can be chosen of all.
    private static func choices(_ count: Int, of all: Int) -> Double {
        (0..<min(count, all - count)).reduce(0) {
            $0 + (Double(all - $1) / Double($1 + 1)).decimalLogarithm
        }
    }
}
