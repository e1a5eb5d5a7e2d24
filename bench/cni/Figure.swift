import Measure

/// A line of the report: what was measured, and the most it may be.
struct Figure {
    private let name: String
    private let value: Double
    private let unit: String
    private let limit: Double
    /// What the value was made from.
    private let detail: String

    init(_ name: String, _ value: Double, _ unit: String, atMost limit: Double, _ detail: String) {
        (self.name, self.value, self.unit) = (name, value, unit)
        (self.limit, self.detail) = (limit, detail)
    }

    /// Whether the value stays within so many times its limit.
    func isMet(within factor: Double) -> Bool { value <= limit * factor }
}

extension Figure {
    /// How many times the other's median the first one's is.
    init(_ name: String, _ samples: Samples, against other: Samples, atMost limit: Double) {
        self.init(
            name, samples.ratio(to: other), "×", atMost: limit,
            "\(samples.short), \(other.short)")
    }

    init(_ name: String, _ samples: Samples, milliseconds limit: Double) {
        self.init(
            name, samples.median / .milliseconds(1), "ms", atMost: limit, "\(samples)")
    }
}

extension Figure: CustomStringConvertible {
    var description: String {
        let verdict = isMet(within: 1) ? "ok" : "FAIL"
        let amount = "\(value.rounded(toDecimals: 2)) \(unit)"
        let most = "at most \(limit.rounded(toDecimals: 2))"
        let columns = [(name, 36), (amount, 10), (most, 14), (verdict, 6)]
        return "cni: " + columns.map { $0.0.padded(to: $0.1) }.joined() + detail
    }
}

extension Samples {
    fileprivate var short: String { "\(name) \(median.milliseconds) ms" }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
