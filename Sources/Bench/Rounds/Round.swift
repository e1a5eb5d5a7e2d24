/// What one round of one subject gave.
package struct Round: Sendable {
    package private(set) var values: [(quantity: Quantity, value: Double)] = []
    package var histogram = Histogram()

    package init() {}

    package mutating func set(_ quantity: Quantity, _ value: Double) {
        values.append((quantity, value))
    }
}

extension Round {
    /// The percentiles of the histogram as figures.
    package mutating func setPercentiles() {
        set(.p50, histogram.percentile(0.5))
        set(.p99, histogram.percentile(0.99))
    }
}

/// Something that can be measured again and again, beside others.
package protocol Subject {
    var identity: Identity { get }
    /// One round; the first of all is for warming up and is not counted.
    mutating func measure() throws -> Round
}
