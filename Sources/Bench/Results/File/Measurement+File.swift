import JSON

extension Measurement {
    var json: JSONValue {
        var object = identity.json
        object.members.append(.init(key: "figures", value: .array(figures.map(\.json))))
        if histogram.count > 0 {
            object.members.append(.init(key: "histogram", value: histogram.json))
        }
        return .object(object)
    }

    init(_ value: FileValue) throws(BenchError) {
        try value.allow("suite", "workload", "circumstances", "figures", "histogram")
        var figures: [Figure] = []
        for element in try value.member("figures").elements() {
            figures.append(try Figure(element))
        }
        var histogram = Histogram()
        if let member = try value.optional("histogram") { histogram = try Histogram(member) }
        self.init(try Identity(value), figures, histogram)
    }
}

extension Figure {
    fileprivate var json: JSONValue {
        .object(JSONObject(members: quantity.members + estimate.members))
    }

    fileprivate init(_ value: FileValue) throws(BenchError) {
        try value.allow("quantity", "unit", "better", "value", "low", "high", "rounds")
        self.init(try Quantity(value), try Estimate(value))
    }
}

extension Ratio {
    var json: JSONValue {
        .object(
            JSONObject(
                members: [
                    .init(key: "of", value: .object(subject.json)),
                    .init(key: "to", value: .object(baseline.json)),
                ] + quantity.members + estimate.members))
    }

    init(_ value: FileValue) throws(BenchError) {
        try value.allow("of", "to", "quantity", "unit", "better", "value", "low", "high", "rounds")
        self.init(
            of: try Identity(alone: value.member("of")),
            to: try Identity(alone: value.member("to")),
            try Quantity(value), try Estimate(value))
    }
}

extension Identity {
    var json: JSONObject {
        let circumstances = circumstances.map {
            JSONObject.Member(key: $0.name, value: .string($0.value))
        }
        return [
            "suite": .string(suite), "workload": .string(workload),
            "circumstances": .object(JSONObject(members: circumstances)),
        ]
    }

    /// Reads the members that say what was measured, among others.
    fileprivate init(_ value: FileValue) throws(BenchError) {
        var circumstances: [Circumstance] = []
        for member in try value.member("circumstances").members() {
            circumstances.append(Circumstance(member.key, try member.value.text()))
        }
        self.init(
            try value.member("suite").text(), try value.member("workload").text(), circumstances)
    }

    fileprivate init(alone value: FileValue) throws(BenchError) {
        try value.allow("suite", "workload", "circumstances")
        try self.init(value)
    }
}
