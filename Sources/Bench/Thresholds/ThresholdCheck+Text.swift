extension ThresholdCheck {
    /// A line for each finding, and how many there are of each kind.
    package var text: String {
        let lines = Columns.text(findings.map(\.cells), indented: 0)
        let counts = Outcome.allCases.compactMap { outcome in
            let count = findings.count { $0.outcome == outcome }
            return count > 0 ? "\(count) \(outcome.rawValue)" : nil
        }
        return (lines + counts.joined(separator: ", ") + "\n").harmless
    }
}

extension ThresholdCheck.Finding {
    fileprivate var cells: [String] {
        [outcome.rawValue, value, limit, threshold.name, remark]
    }

    private var value: String {
        guard let subject else { return "—" }
        return subject.baseline == nil
            ? subject.quantity.text(subject.estimate) : subject.estimate.ratioText
    }

    private var limit: String {
        guard let subject, subject.baseline == nil else { return threshold.limit.text(\.shortText) }
        return threshold.limit.text(subject.quantity.text)
    }

    private var remark: String {
        guard let subject else { return threshold.source }
        let baseline = subject.baseline.map {
            " to \(Labels.label(of: $0, besides: subject.identity))"
        }
        return "\(subject.identity) \(subject.quantity.name)" + (baseline ?? "")
    }
}
