extension Quantity {
    /// A value with its unit: `26.9 µs`.
    package func text(_ value: Double) -> String {
        ShownUnit(for: value, of: unit).text(value)
    }

    /// The value and the interval that the true one is in: `26.9 µs [26.4–27.5]`.
    package func text(_ estimate: Estimate) -> String {
        let shown = ShownUnit(for: estimate.value, of: unit)
        let ends = [estimate.low, estimate.high].map { shown.number($0, like: estimate.value) }
        return "\(shown.text(estimate.value)) [\(ends.joined(separator: "–"))]"
    }

    /// What people call it.
    package var title: String {
        switch name {
        case "p50": "median"
        case "p99": "99th percentile"
        case "rate": "rate"
        case "cpu": "processor time each"
        case "rss": "memory"
        case "lost": "lost"
        default: name
        }
    }
}

extension Estimate {
    /// As how many times something: `1.20 × [1.17–1.23]`.
    package var ratioText: String { "\(ratioNumber(value)) × [\(ratioEnds)]" }

    /// `1.20 × direct [1.17–1.23]`.
    func ratioText(to baseline: String) -> String {
        "\(ratioNumber(value)) × \(baseline) [\(ratioEnds)]"
    }

    private var ratioEnds: String { "\(ratioNumber(low))–\(ratioNumber(high))" }

    /// Hundredths say enough, unless it is next to nothing or many times as much.
    private func ratioNumber(_ number: Double) -> String {
        let decimals =
            switch value.magnitude {
            case 100...: 0
            case 10...: 1
            case 0.1...: 2
            case 0.01...: 3
            default: 4
            }
        return number.text(decimals: decimals)
    }
}
