/// A unit that people read numbers in: `µs` rather than nanoseconds.
struct ShownUnit: Hashable, Sendable {
    /// As it stands behind a number, with the blank before it.
    let suffix: String
    /// How much of the quantity's own unit it is.
    let size: Double

    init(_ suffix: String, _ size: Double) {
        self.suffix = suffix
        self.size = size
    }
}

extension ShownUnit {
    /// The unit in which a value has one to three digits before the point.
    init(for value: Double, of unit: Quantity.Unit) {
        let steps = Self.steps(of: unit)
        self = steps.last { value.magnitude >= $0.size } ?? steps[0]
    }

    /// From the smallest to the largest; there is at least one.
    private static func steps(of unit: Quantity.Unit) -> [ShownUnit] {
        switch unit {
        case .nanoseconds:
            [.init(" ns", 1), .init(" µs", 1e3), .init(" ms", 1e6), .init(" s", 1e9)]
        case .perSecond: [.init("/s", 1), .init(" k/s", 1e3), .init(" M/s", 1e6)]
        case .bytesPerSecond:
            [.init(" B/s", 1), .init(" kB/s", 1e3), .init(" MB/s", 1e6), .init(" GB/s", 1e9)]
        case .bytes: [.init(" B", 1), .init(" kB", 1e3), .init(" MB", 1e6), .init(" GB", 1e9)]
        case .count: [.init("", 1)]
        case .share: [.init(" %", 0.01)]
        }
    }
}

extension ShownUnit {
    /// A round value as an axis has it: `50 µs`, and a zero without a unit.
    func tickText(_ value: Double) -> String {
        value == 0 ? "0" : (value / size).shortText + suffix
    }

    func text(_ value: Double) -> String { number(value, like: value) + suffix }

    /// The number without the unit, as exactly as another that it stands beside.
    func number(_ value: Double, like other: Double) -> String {
        let shown = value / size
        // A number of things is told to the last one.
        if suffix.isEmpty || size == 1, shown == shown.rounded() { return shown.text(decimals: 0) }
        return shown.text(decimals: (other / size).decimals)
    }
}
