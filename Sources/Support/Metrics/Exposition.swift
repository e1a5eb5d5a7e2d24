/// Metrics as Prometheus' text format 0.0.4.
package enum Exposition {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// All families; one without samples is left out, since it says nothing.
    package static func text(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty {
            text += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples { write(sample, of: family.name, to: &text) }
        }
        return text
    }

    private static func write(
        _ sample: MetricFamily.Sample, of name: String, to text: inout String
    ) {
        switch sample.value {
        case .number(let value): write(name, sample.labels, value, to: &text)
        case .histogram(let buckets):
            var below = 0
            for (bound, count) in zip(buckets.bounds, buckets.counts) {
                below += count
                let label = MetricFamily.Label(name: "le", value: number(bound))
                write("\(name)_bucket", sample.labels + [label], Double(below), to: &text)
            }
            let all = MetricFamily.Label(name: "le", value: "+Inf")
            write("\(name)_bucket", sample.labels + [all], Double(buckets.count), to: &text)
            write("\(name)_sum", sample.labels, buckets.sum, to: &text)
            write("\(name)_count", sample.labels, Double(buckets.count), to: &text)
        }
    }

    private static func write(
        _ name: String, _ labels: [MetricFamily.Label], _ value: Double, to text: inout String
    ) {
        let pairs = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        let list = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
        text += "\(name)\(list) \(number(value))\n"
    }

    /// Whole numbers without a fraction, for they are counts.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
