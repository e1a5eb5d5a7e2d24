import Platform

/// Where values of an axis are drawn.
struct Scale: Hashable, Sendable {
    enum Shape: Hashable, Sendable {
        case linear
        /// What is zero or less is drawn at the floor.
        case logarithmic(floor: Double)
        /// Shares of one: from 0.9 to 0.99 is as far as from 0.99 to 0.999.
        case nines
    }

    let shape: Shape
    let low: Double
    let high: Double
    /// Where the low and the high end are drawn.
    let start: Double
    let end: Double

    /// The ends are not the same value.
    init(_ shape: Shape, _ low: Double, _ high: Double, from start: Double, to end: Double) {
        self.shape = shape
        self.low = low
        self.high = high
        self.start = start
        self.end = end
    }

    func position(_ value: Double) -> Double {
        let (first, last) = (shape.place(low), shape.place(high))
        return start + (shape.place(value) - first) / (last - first) * (end - start)
    }
}

extension Scale {
    /// The value itself, or the end of the axis that it is beyond.
    func nearest(_ value: Double) -> Double { min(max(value, low), high) }
}

extension Scale.Shape {
    fileprivate func place(_ value: Double) -> Double {
        switch self {
        case .linear: value
        case .logarithmic(let floor): max(value, floor).decimalLogarithm
        case .nines: -max(1 - value, Self.smallestRest).decimalLogarithm
        }
    }

    private static var smallestRest: Double { 1e-12 }
}
