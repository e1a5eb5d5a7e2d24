extension Results {
    /// All that a threshold applies to.
    func subjects(of threshold: Threshold) throws(BenchError) -> [ThresholdCheck.Subject] {
        guard let baseline = threshold.baseline else { return try figures(of: threshold) }
        let told = ratios.filter {
            $0.quantity.name == threshold.quantity && threshold.applies(to: $0.subject)
                && $0.baseline.suite == threshold.suite
                && $0.baseline.workload == threshold.workload
                && $0.baseline.has(baseline) && !$0.subject.has(baseline)
        }.map {
            ThresholdCheck.Subject(
                identity: $0.subject, baseline: $0.baseline, quantity: $0.quantity,
                estimate: $0.estimate)
        }
        let known = Set(told.map(\.identity))
        let others = measurements.filter {
            threshold.applies(to: $0.identity) && !known.contains($0.identity)
        }
        return told + others.flatMap { quotients(of: $0, to: baseline, threshold.quantity) }
    }

    /// Whether anything of the suite was measured that has the circumstances of a threshold's
    /// baseline, as where a peer is installed.
    func hasBaseline(of threshold: Threshold) -> Bool {
        guard let baseline = threshold.baseline else { return false }
        return measurements.contains {
            $0.identity.suite == threshold.suite && $0.identity.has(baseline)
        }
    }

    private func figures(
        of threshold: Threshold
    ) throws(BenchError) -> [ThresholdCheck.Subject] {
        var subjects: [ThresholdCheck.Subject] = []
        for measurement in measurements where threshold.applies(to: measurement.identity) {
            for figure in measurement.figures where figure.quantity.name == threshold.quantity {
                guard figure.quantity.isSameEverywhere else {
                    throw BenchError(
                        .file, "check \(threshold.source)",
                        "\(figure.quantity.name) differs from machine to machine: name a baseline")
                }
                subjects.append(
                    ThresholdCheck.Subject(
                        identity: measurement.identity, baseline: nil, quantity: figure.quantity,
                        estimate: figure.estimate))
            }
        }
        return subjects
    }

    /// The ratios of two figures that were not measured by turns.
    private func quotients(
        of measurement: Measurement, to baseline: [Identity.Circumstance], _ quantity: String
    ) -> [ThresholdCheck.Subject] {
        let others = measurements.filter {
            $0.identity.differs(from: measurement.identity, by: baseline)
                && $0.identity.suite == measurement.identity.suite
                && $0.identity.workload == measurement.identity.workload
        }
        return measurement.figures.filter { $0.quantity.name == quantity }.flatMap { figure in
            others.compactMap { other in
                other[quantity].flatMap(figure.estimate.quotient).map {
                    ThresholdCheck.Subject(
                        identity: measurement.identity, baseline: other.identity,
                        quantity: figure.quantity, estimate: $0)
                }
            }
        }
    }
}

extension Identity {
    /// Whether it has the given circumstances where the other has not, and no other one otherwise.
    ///
    /// What only one of the two has, as a number of services, makes no difference.
    fileprivate func differs(from other: Identity, by given: [Circumstance]) -> Bool {
        let changed = Set(given.map(\.name))
        return has(given) && !other.has(given)
            && circumstances.allSatisfy { circumstance in
                changed.contains(circumstance.name)
                    || (other[circumstance.name].map { $0 == circumstance.value } ?? true)
            }
    }
}

extension Identity {
    fileprivate func has(_ given: [Circumstance]) -> Bool {
        given.allSatisfy(circumstances.contains)
    }
}

extension Quantity {
    /// Whether it does not depend on how fast a machine is.
    fileprivate var isSameEverywhere: Bool { unit == .count || unit == .share }
}

extension Estimate {
    /// How many times another one it is, the ends being as far apart as both allow; nil where the
    /// other may be zero.
    fileprivate func quotient(by other: Estimate) -> Estimate? {
        guard other.low > 0, low >= 0 else { return nil }
        let fewest = min(rounds.count, other.rounds.count)
        let rounds = zip(rounds, other.rounds).prefix(fewest).map { $0 / $1 }
        return Estimate(
            value: value / other.value, low: low / other.high, high: high / other.low,
            rounds: Array(rounds))
    }
}
