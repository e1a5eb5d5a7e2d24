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

    /// How many rounds each sitting has.
    package var shares: [Int] {
        (0..<count).map { rounds * ($0 + 1) / count - rounds * $0 / count }
    }

    /// Lets the body measure the same things in each sitting, with a number of rounds, and puts them
    /// together.
    package func run(_ body: (Int) throws -> [[Measurement]]) throws -> [[Measurement]] {
        var all: [[Measurement]] = []
        for share in shares {
            let found = try body(share)
            all =
                all.isEmpty
                ? found
                : zip(all, found).map { earlier, later in
                    zip(earlier, later).map { $0.merged(with: $1) }
                }
        }
        return all
    }
}
