package import JSON

extension Comparison {
    /// A line for each figure and ratio, those of both runs first, and the summary.
    package func text(onlyChanges: Bool) -> String {
        let shown = (figures + ratios).filter { !onlyChanges || $0.verdict != .noise }
        let rows = shown.map(\.cells)
        let widths = [0, 1, 2].map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { text, width in
                text + String(repeating: " ", count: width - text.count)
            }.joined(separator: "  ") + "  \(row[3])\n"
        }
        return lines.joined() + only("before", onlyBefore) + only("after", onlyAfter)
            + facts.map(\.text).joined() + summary + "\n"
    }

    private func only(_ word: String, _ subjects: [Subject]) -> String {
        subjects.map { "only \(word): \($0)\n" }.joined()
    }
}

extension Comparison.Subject: CustomStringConvertible {
    package var description: String {
        let baseline = baseline.map { " to \(WorkloadGroup.label(of: $0, besides: identity))" }
        return "\(identity) \(quantity.name)\(baseline ?? "")"
    }
}

extension Comparison.FactPair {
    fileprivate var text: String {
        "other \(name): \(before ?? "unknown") before, \(after ?? "unknown") after\n"
    }
}

extension Comparison.Pair {
    fileprivate var cells: [String] {
        [verdict.rawValue, "\(subject)", "\(text(before)) → \(text(after))", changeText]
    }

    private func text(_ estimate: Estimate) -> String {
        subject.baseline == nil ? subject.quantity.text(estimate) : estimate.ratioText
    }

    private var changeText: String {
        guard let change else { return "" }
        return (change < 0 ? "−" : "+") + (change.magnitude * 100).text(decimals: 1) + " %"
    }
}

extension Comparison {
    package var json: JSONValue {
        let counts = Verdict.allCases.map { verdict in
            JSONObject.Member(
                key: verdict.rawValue, value: .number("\(count(verdict, of: figures + ratios))"))
        }
        return .object([
            "figures": .array(figures.map(\.json)), "ratios": .array(ratios.map(\.json)),
            "onlyBefore": .array(onlyBefore.map { .object(JSONObject(members: $0.members)) }),
            "onlyAfter": .array(onlyAfter.map { .object(JSONObject(members: $0.members)) }),
            "facts": .array(facts.map(\.json)), "counts": .object(JSONObject(members: counts)),
        ])
    }
}

extension Comparison.Subject {
    fileprivate var members: [JSONObject.Member] {
        [.init(key: "of", value: .object(identity.json))]
            + (baseline.map { [.init(key: "to", value: .object($0.json))] } ?? [])
            + quantity.members
    }
}

extension Comparison.Pair {
    fileprivate var json: JSONValue {
        var members = subject.members
        members.append(.init(key: "verdict", value: .string(verdict.rawValue)))
        if let change { members.append(.init(key: "change", value: .number(change))) }
        for (key, estimate) in [("before", before), ("after", after)] {
            members.append(
                .init(key: key, value: .object(JSONObject(members: estimate.members))))
        }
        return .object(JSONObject(members: members))
    }
}

extension Comparison.FactPair {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "before": before.map(JSONValue.string) ?? .null,
            "after": after.map(JSONValue.string) ?? .null,
        ])
    }
}
