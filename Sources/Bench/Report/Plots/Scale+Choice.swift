import Platform

extension Scale {
    /// For values that are compared by their lengths: from zero, unless they are too far apart.
    static func amounts(_ values: [Double], from start: Double, to end: Double) -> Scale {
        let positive = values.filter { $0 > 0 }
        guard let least = positive.min(), let most = positive.max() else {
            return Scale(.linear, 0, 1, from: start, to: end)
        }
        if most / least > farthest, values.allSatisfy({ $0 > 0 }) {
            return logarithmic(positive, from: start, to: end)
        }
        return Scale(.linear, min(0, values.min() ?? 0), most * room, from: start, to: end)
    }

    /// For values above zero that are compared by how many times they are each other.
    static func logarithmic(_ values: [Double], from start: Double, to end: Double) -> Scale {
        let positive = values.filter { $0 > 0 }
        let least = (positive.min() ?? 1) / room
        let most = (positive.max() ?? 1) * room
        guard least < most, most.isFinite else { return Scale(.linear, 0, 1, from: start, to: end) }
        return Scale(.logarithmic(floor: least), least, most, from: start, to: end)
    }

    /// For numbers of things, zero being one step before the smallest other.
    static func numbers(_ values: [Double], from start: Double, to end: Double) -> Scale {
        let positive = values.filter { $0 > 0 }
        guard let least = positive.min(), let most = positive.max() else {
            return Scale(.linear, -1, 1, from: start, to: end)
        }
        let hasZero = positive.count < values.count
        let floor = least / 10
        let high = most > least || hasZero ? most : most * 10
        return Scale(
            .logarithmic(floor: floor), hasZero ? floor : least, high, from: start, to: end)
    }

    /// How many times the least the most may be, for the least to be seen on a linear scale.
    private static var farthest: Double { 40 }

    /// What is left free behind the outermost value.
    private static var room: Double { 1.06 }
}

extension Scale {
    /// Round values to write at the axis, some five of them.
    var ticks: [Double] {
        switch shape {
        case .linear: Self.evenTicks(low, high)
        case .logarithmic: logarithmicTicks
        case .nines: [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999].filter { $0 <= high }
        }
    }

    private static func evenTicks(_ low: Double, _ high: Double) -> [Double] {
        let coarse = (high - low) / 5
        let decade = decade(of: coarse)
        let step = decade * ([1, 2, 5].first { $0 * decade >= coarse } ?? 10)
        let first = (low / step).rounded(.up)
        return (0..<mostTicks).map { (first + Double($0)) * step }.filter { $0 <= high }
    }

    private var logarithmicTicks: [Double] {
        let span = high / low
        guard span > 4 else { return Self.evenTicks(low, high) }
        let steps: [Double] = span > 2000 ? [1] : span > 20 ? [1, 3] : [1, 2, 5]
        var ticks: [Double] = []
        var decade = Self.decade(of: low)
        while decade <= high, ticks.count < Self.mostTicks {
            ticks += steps.map { $0 * decade }.filter { $0 >= low && $0 <= high }
            decade *= 10
        }
        return ticks
    }

    private static var mostTicks: Int { 12 }

    /// The power of ten that a number above zero begins with.
    private static func decade(of number: Double) -> Double {
        let exponent = number.decimalLogarithm.rounded(.down)
        guard exponent.magnitude < 300 else { return number }
        return (0..<Int(exponent.magnitude)).reduce(1) { power, _ in
            exponent < 0 ? power / 10 : power * 10
        }
    }
}
