import JSON

extension Quantity {
    var members: [JSONObject.Member] {
        [
            .init(key: "quantity", value: .string(name)),
            .init(key: "unit", value: .string(unit.rawValue)),
            .init(key: "better", value: .string(better.rawValue)),
        ]
    }

    init(_ value: FileValue) throws(BenchError) {
        self.init(
            try value.member("quantity").text(), try value.member("unit").word(of: Unit.self),
            better: try value.member("better").word(of: Direction.self))
    }
}

extension Estimate {
    var members: [JSONObject.Member] {
        [
            .init(key: "value", value: .number(value)),
            .init(key: "low", value: .number(low)),
            .init(key: "high", value: .number(high)),
            .init(key: "rounds", value: .array(rounds.map(JSONValue.number))),
        ]
    }

    init(_ value: FileValue) throws(BenchError) {
        var rounds: [Double] = []
        for element in try value.member("rounds").elements() { rounds.append(try element.number()) }
        self.init(
            value: try value.member("value").number(), low: try value.member("low").number(),
            high: try value.member("high").number(), rounds: rounds)
        guard isSound else { throw value.wrong("must have its value between low and high") }
    }
}

extension JSONValue {
    /// A finite number, in digits that are read as the same number again.
    static func number(_ number: Double) -> JSONValue {
        .number(Int64(exactly: number).map { "\($0)" } ?? "\(number)")
    }
}

extension Histogram {
    var json: JSONValue {
        .object([
            "minimum": .number("\(minimum)"), "maximum": .number("\(maximum)"),
            "sum": .number(sum),
            "buckets": .array(
                buckets.map {
                    .array([.number("\($0.bucket.lowest)"), .number("\($0.count)")])
                }),
        ])
    }

    init(_ value: FileValue) throws(BenchError) {
        try value.allow("minimum", "maximum", "sum", "buckets")
        let list = try value.member("buckets")
        guard let pairs = list.value.array?.map(Self.pair) else {
            throw list.wrong("must be a list: […]")
        }
        let known = pairs.compactMap(\.self)
        guard known.count == pairs.count,
            let histogram = Histogram(
                known, minimum: try value.member("minimum").count(),
                maximum: try value.member("maximum").count(), sum: try value.member("sum").number())
        else {
            throw list.wrong(
                "must be pairs [shortest duration of a bucket, count], in order, with the minimum"
                    + " in the first of them and the maximum in the last")
        }
        self = histogram
    }

    private static func pair(_ value: JSONValue) -> (bucket: Bucket, count: UInt64)? {
        guard case .array(let pair) = value, pair.count == 2,
            case .number(let lowest) = pair[0], case .number(let count) = pair[1],
            let lowest = UInt64(lowest), let count = UInt64(count)
        else { return nil }
        let bucket = Bucket(of: lowest)
        return bucket.lowest == lowest ? (bucket, count) : nil
    }
}
