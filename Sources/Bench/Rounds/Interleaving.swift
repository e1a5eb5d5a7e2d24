/// Measures subjects by turns, so that what drifts on the machine meets all of them alike.
///
/// Every second turn goes backwards: A B B A. So none of them always follows the same other one.
package struct Interleaving {
    private var subjects: [any Subject]
    private let rounds: Int
    private let warmsUp: Bool

    /// Subjects that begin anew in each round need no round to warm up.
    package init(_ subjects: [any Subject], rounds: Int, warmsUp: Bool = true) {
        self.subjects = subjects
        self.rounds = rounds
        self.warmsUp = warmsUp
    }

    /// Runs a round of each to warm up, then all that count.
    package mutating func run(_ observer: Observer) throws -> [Measurement] {
        var all: [[Round]] = Array(repeating: [], count: subjects.count)
        for turn in (warmsUp ? 0 : 1)...max(rounds, 1) {
            for index in Self.order(of: subjects.count, turn: turn) {
                try observer.begins(subjects[index].identity, turn: turn, of: rounds)
                let round = try subjects[index].measure()
                if turn > 0 { all[index].append(round) }
            }
        }
        return zip(subjects, all).map { Measurement($0.identity, $1) }
    }

    /// Who comes after whom in a turn.
    static func order(of count: Int, turn: Int) -> [Int] {
        turn.isMultiple(of: 2) ? Array(0..<count) : (0..<count).reversed()
    }
}

extension Measurement {
    init(_ identity: Identity, _ rounds: [Round]) {
        var histogram = Histogram()
        for round in rounds { histogram.merge(round.histogram) }
        let quantities = rounds.first?.values.map(\.quantity) ?? []
        let figures = quantities.map { Figure($0, Estimate(rounds: rounds.values(of: $0))) }
        self.init(identity, figures, histogram)
    }

    /// The ratios of all quantities to those of another, round by round of the same turns.
    package func ratios(to baseline: Measurement) -> [Ratio] {
        figures.compactMap { figure in
            guard let other = baseline[figure.quantity.name],
                other.rounds.count == figure.estimate.rounds.count, !other.rounds.contains(0)
            else { return nil }
            let rounds = zip(figure.estimate.rounds, other.rounds).map { $0 / $1 }
            return Ratio(
                of: identity, to: baseline.identity, figure.quantity, Estimate(rounds: rounds))
        }
    }
}
