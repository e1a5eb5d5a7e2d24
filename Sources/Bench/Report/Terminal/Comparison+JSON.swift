package import JSON

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
