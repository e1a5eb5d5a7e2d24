/// Durations of the same thing, measured many times.
package struct Samples: Sendable {
    private var durations: [Duration] = []
    /// What was measured, as the report calls it.
    package let name: String

    package init(of name: String) { self.name = name }

    package mutating func add(_ duration: Duration) { durations.append(duration) }

    package var count: Int { durations.count }
}

extension Samples {
    package var minimum: Duration { durations.min() ?? .zero }

    package var median: Duration { rank(0.5) }

    /// The smallest duration that the given share of all does not exceed.
    package func rank(_ share: Double) -> Duration {
        guard !durations.isEmpty else { return .zero }
        let index = Int((Double(durations.count) * share).rounded(.up)) - 1
        return durations.sorted()[min(max(index, 0), durations.count - 1)]
    }

    /// How many times the other's median this one's is: what a comparison is about, for both
    /// change alike from machine to machine.
    package func ratio(to baseline: Samples) -> Double { median / baseline.median }
}

extension Samples: CustomStringConvertible {
    package var description: String {
        "\(name): median \(median.milliseconds) ms, p99 \(rank(0.99).milliseconds) ms, "
            + "minimum \(minimum.milliseconds) ms, \(count) times"
    }
}

extension Duration {
    /// Milliseconds with three decimals.
    package var milliseconds: String { (self / .milliseconds(1)).rounded(toDecimals: 3) }
}

extension Double {
    /// The number with so many decimals, as reports print it.
    package func rounded(toDecimals decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let whole = Int64((magnitude * scale).rounded())
        let digits = String(whole % Int64(scale))
        let padding = String(repeating: "0", count: decimals - digits.count)
        let sign = self < 0 && whole > 0 ? "-" : ""
        return "\(sign)\(whole / Int64(scale)).\(padding)\(digits)"
    }
}
