/// Measures in several sittings, each of which makes everything anew.
///
/// A process keeps for its life what chance gave it: where its memory is, how its tables are spread.
/// Rounds of one process are closer together than those of two, and an interval would be too narrow
/// that knows of one alone.
package struct Sittings {
    private let count: Int
    private let rounds: Int

    /// So many rounds in all, and no more sittings than rounds.
    package init(_ count: Int, rounds: Int) {
        self.count = max(min(count, rounds), 1)
        self.rounds = rounds
    }

    /// Lets the body measure the same things in each sitting, with a number of rounds, and puts them
    /// together.
    package func run(_ body: (Int) throws -> [[Measurement]]) throws -> [[Measurement]] {
        var all: [[Measurement]] = []
        for sitting in 0..<count {
            let share = rounds * (sitting + 1) / count - rounds * sitting / count
            let found = try body(share)
            all =
                sitting == 0
                ? found
                : zip(all, found).map { earlier, later in
                    zip(earlier, later).map { $0.joined(with: $1) }
                }
        }
        return all
    }
}

extension Measurement {
    /// The rounds of both, of the same thing.
    package func joined(with other: Measurement) -> Measurement {
        var histogram = histogram
        histogram.merge(other.histogram)
        let figures = figures.map { figure in
            let more = other[figure.quantity.name]?.rounds ?? []
            return Figure(figure.quantity, Estimate(rounds: figure.estimate.rounds + more))
        }
        return Measurement(identity, figures, histogram)
    }
}
