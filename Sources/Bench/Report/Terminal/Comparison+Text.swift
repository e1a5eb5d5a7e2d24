extension Comparison {
    /// A line for each figure and ratio of both runs, workload by workload, and the summary.
    package func text(onlyChanges: Bool) -> String {
        let shown = (figures + ratios).filter { !onlyChanges || $0.verdict != .noise }
        var workloads: [Workload] = []
        for pair in shown where !workloads.contains(Workload(pair)) {
            workloads.append(Workload(pair))
        }
        let tables = workloads.map { workload in
            "\(workload.suite)/\(workload.name)\n"
                + Self.table(shown.filter { Workload($0) == workload }) + "\n"
        }
        return
            (tables.joined() + only("before", onlyBefore) + only("after", onlyAfter)
            + facts.map(\.text).joined() + summary + "\n").harmless
    }

    private struct Workload: Hashable {
        let suite: String
        let name: String

        init(_ pair: Pair) {
            suite = pair.subject.identity.suite
            name = pair.subject.identity.workload
        }
    }

    private static func table(_ pairs: [Pair]) -> String {
        let labels = Labels(pairs.map(\.subject.identity))
        return Columns.text(pairs.map { $0.cells(labels) }, indented: 2)
    }

    private func only(_ word: String, _ subjects: [Subject]) -> String {
        subjects.map { "only \(word): \($0.text)\n" }.joined()
    }
}

extension Comparison.Subject {
    fileprivate var text: String { "\(identity) \(counted)" }

    /// What is counted, and of a ratio what it is compared with.
    fileprivate var counted: String {
        let words = baseline.map { " × \(Labels.label(of: $0, besides: identity))" }
        return quantity.title + (words ?? "")
    }
}

extension Comparison.FactPair {
    fileprivate var text: String {
        "other \(name): \(before ?? "unknown") before, \(after ?? "unknown") after\n"
    }
}

extension Comparison.Pair {
    fileprivate func cells(_ labels: Labels) -> [String] {
        [
            verdict.rawValue, labels[subject.identity], subject.counted, text(before), "→",
            text(after), changeText,
        ]
    }

    private func text(_ estimate: Estimate) -> String {
        subject.baseline == nil ? subject.quantity.text(estimate) : estimate.ratioText
    }

    private var changeText: String {
        guard let change else { return "" }
        let percent = (change.magnitude * 100).text(decimals: 1)
        return (percent == "0.0" ? "±" : change < 0 ? "−" : "+") + percent + " %"
    }
}
