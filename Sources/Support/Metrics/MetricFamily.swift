/// A metric with all that is counted under its name: plain values, made when somebody asks.
///
/// Whoever counts keeps numbers of its own; there is no registry, and no lock but the owner's.
package struct MetricFamily: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Only grows, from zero at the program's start.
        case counter
        case gauge
        case histogram
    }

    package let name: String
    package let kind: Kind
    package let help: String
    package private(set) var samples: [Sample] = []

    package init(_ name: String, _ kind: Kind, help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }
}

extension MetricFamily {
    package struct Label: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package struct Sample: Hashable, Sendable {
        package enum Value: Hashable, Sendable {
            case number(Double)
            case histogram(Buckets)
        }

        package let labels: [Label]
        package let value: Value
    }

    /// Measurements by how large they were.
    package struct Buckets: Hashable, Sendable {
        /// Upper bounds in order, and how many measurements lie below each but above the one before.
        package let bounds: [Double]
        package let counts: [Int]
        /// All of them, with those above the last bound.
        package let count: Int
        package let sum: Double

        package init(bounds: [Double], counts: [Int], count: Int, sum: Double) {
            self.bounds = bounds
            self.counts = counts
            self.count = count
            self.sum = sum
        }
    }

    package mutating func add(_ labels: KeyValuePairs<String, String>, _ value: Double) {
        add(labels, .number(value))
    }

    package mutating func add(_ labels: KeyValuePairs<String, String>, _ value: Buckets) {
        add(labels, .histogram(value))
    }

    private mutating func add(_ labels: KeyValuePairs<String, String>, _ value: Sample.Value) {
        samples.append(
            Sample(labels: labels.map { Label(name: $0.key, value: $0.value) }, value: value))
    }
}
