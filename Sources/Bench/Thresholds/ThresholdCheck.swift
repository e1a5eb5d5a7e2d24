/// Whether results keep to thresholds.
package struct ThresholdCheck: Hashable, Sendable {
    package private(set) var findings: [Finding] = []

    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        case holds
        /// The value is beyond the limit, but what is true may not be.
        case doubtful
        /// The whole interval is beyond the limit.
        case exceeded
        /// There is nothing that the threshold could apply to.
        case unmatched
        /// The same, where that may be.
        case skipped
    }

    /// What came of one threshold for one thing that it applies to.
    package struct Finding: Hashable, Sendable {
        package let threshold: Threshold
        package let outcome: Outcome
        /// Nil where there is nothing.
        let subject: Subject?
    }

    struct Subject: Hashable, Sendable {
        let identity: Identity
        /// Nil for a figure that is no ratio.
        let baseline: Identity?
        let quantity: Quantity
        let estimate: Estimate
    }

    package init(of results: Results, by thresholds: [Threshold]) throws(BenchError) {
        for threshold in thresholds {
            let subjects = try results.subjects(of: threshold)
            if subjects.isEmpty {
                let mayBe = threshold.isOptional && !results.hasBaseline(of: threshold)
                findings.append(
                    Finding(
                        threshold: threshold, outcome: mayBe ? .skipped : .unmatched,
                        subject: nil))
            }
            findings += subjects.map {
                Finding(threshold: threshold, outcome: $0.outcome(threshold.limit), subject: $0)
            }
        }
    }

    /// Whether nothing is certainly wrong.
    package var holds: Bool {
        findings.allSatisfy { $0.outcome != .exceeded && $0.outcome != .unmatched }
    }
}

extension ThresholdCheck.Subject {
    /// Of fewer rounds, all may be beyond a limit by chance, though what is counted, and is the
    /// same each time, needs but one.
    private static var fewestRounds: Int { 5 }

    fileprivate func outcome(_ limit: Threshold.Limit) -> ThresholdCheck.Outcome {
        if limit.isKept(by: estimate.value) { return .holds }
        let isCount = baseline == nil && quantity.unit == .count
        let isCertain = isCount || estimate.rounds.count >= Self.fewestRounds
        return isCertain && limit.isExceeded(by: estimate) ? .exceeded : .doubtful
    }
}
