/// What one round of one subject gave.
package struct Round: Sendable {
    package private(set) var values: [(quantity: Quantity, value: Double, lasts: Bool)] = []
    package var histogram = Histogram()

    package init() {}

    package mutating func set(_ quantity: Quantity, _ value: Double) {
        values.append((quantity, value, lasts: false))
    }

    /// What stands from round to round, as the memory of a process: all rounds together tell it once,
    /// and more of them would only look more certain.
    package mutating func setLasting(_ quantity: Quantity, _ value: Double) {
        values.append((quantity, value, lasts: true))
    }
}

extension [Round] {
    /// What each gave for a quantity; of what lasts, the last one's.
    func values(of quantity: Quantity) -> [Double] {
        let found = compactMap { $0.values.first { $0.quantity == quantity } }
        return found.suffix(found.first?.lasts == true ? 1 : found.count).map(\.value)
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
