/// Two runs of benchmarks beside each other.
package struct Comparison: Hashable, Sendable {
    package private(set) var figures: [Pair] = []
    package private(set) var ratios: [Pair] = []
    /// What only one of them has.
    package private(set) var onlyBefore: [Subject] = []
    package private(set) var onlyAfter: [Subject] = []
    package let facts: [FactPair]

    /// What a figure or a ratio is about.
    package struct Subject: Hashable, Sendable {
        package let identity: Identity
        /// Of a ratio, what it is to.
        package let baseline: Identity?
        package let quantity: Quantity
    }

    /// The same figure or ratio in both.
    package struct Pair: Hashable, Sendable {
        package let subject: Subject
        package let before: Estimate
        package let after: Estimate
    }

    /// A fact about the machines that differs.
    package struct FactPair: Hashable, Sendable {
        package let name: String
        package let before: String?
        package let after: String?
    }

    package init(of before: Results, and after: Results) {
        facts = Self.differences(before.facts, after.facts)
        let (figures, moreFigures) = Self.pairs(before.figureEntries, after.figureEntries)
        let (ratios, moreRatios) = Self.pairs(before.ratioEntries, after.ratioEntries)
        self.figures = figures
        self.ratios = ratios
        onlyBefore = moreFigures.before + moreRatios.before
        onlyAfter = moreFigures.after + moreRatios.after
    }
}

extension Comparison {
    fileprivate typealias Entries = [(subject: Subject, estimate: Estimate)]

    /// Things that were measured more than once are paired in their order.
    private static func pairs(
        _ before: Entries, _ after: Entries
    ) -> ([Pair], only: (before: [Subject], after: [Subject])) {
        var waiting = Dictionary(grouping: after.indices.reversed()) { after[$0].subject.key }
        var pairs: [Pair] = []
        var onlyBefore: [Subject] = []
        for (subject, estimate) in before {
            if let index = waiting[subject.key]?.popLast() {
                pairs.append(
                    Pair(subject: subject, before: estimate, after: after[index].estimate))
            } else {
                onlyBefore.append(subject)
            }
        }
        let onlyAfter = waiting.values.joined().sorted().map { after[$0].subject }
        return (pairs, (onlyBefore, onlyAfter))
    }

    /// Without what is of the run and not of the machine.
    private static func differences(_ before: Facts, _ after: Facts) -> [FactPair] {
        let ofRuns = [Facts.Name.date, .command].map(\.rawValue)
        var names: [String] = []
        for row in before.rows + after.rows where !names.contains(row.name) {
            names.append(row.name)
        }
        return names.filter { !ofRuns.contains($0) && before[$0] != after[$0] }
            .map { FactPair(name: $0, before: before[$0], after: after[$0]) }
    }
}

extension Results {
    fileprivate var figureEntries: Comparison.Entries {
        measurements.flatMap { measurement in
            measurement.figures.map {
                (
                    Comparison.Subject(
                        identity: measurement.identity, baseline: nil, quantity: $0.quantity),
                    $0.estimate
                )
            }
        }
    }

    fileprivate var ratioEntries: Comparison.Entries {
        ratios.map {
            (
                Comparison.Subject(
                    identity: $0.subject, baseline: $0.baseline, quantity: $0.quantity),
                $0.estimate
            )
        }
    }
}

extension Comparison.Subject {
    /// The same for the same thing, in whatever order its circumstances are told.
    fileprivate var key: Comparison.Subject {
        Comparison.Subject(
            identity: identity.ordered, baseline: baseline?.ordered, quantity: quantity)
    }
}

extension Identity {
    /// With the circumstances in an order that does not depend on who tells them.
    var ordered: Identity {
        Identity(
            suite, workload,
            circumstances.sorted { ($0.name, $0.value) < ($1.name, $1.value) })
    }
}
