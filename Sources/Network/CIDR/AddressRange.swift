/// Consecutive addresses of one family, both ends included.
package struct AddressRange: Hashable, Sendable {
    package let lower: IPAddress
    package let upper: IPAddress

    /// Nil when the ends are of different families or in the wrong order.
    package init?(_ lower: IPAddress, through upper: IPAddress) {
        guard lower.family == upper.family, lower <= upper else { return nil }
        self.lower = lower
        self.upper = upper
    }

    /// For ends known to be in order.
    init(_ family: IPFamily, _ lower: UInt128, _ upper: UInt128) {
        self.lower = IPAddress(family, bits: lower)
        self.upper = IPAddress(family, bits: upper)
    }
}

extension AddressRange {
    package var family: IPFamily { lower.family }

    /// How many addresses there are; all of IPv6 count one too few.
    package var count: UInt128 {
        let distance = upper.bits - lower.bits
        return distance == .max ? .max : distance + 1
    }

    package func contains(_ address: IPAddress) -> Bool {
        family == address.family && lower <= address && address <= upper
    }

    package func overlaps(_ other: AddressRange) -> Bool { intersection(other) != nil }

    /// The addresses of both ranges.
    package func intersection(_ other: AddressRange) -> AddressRange? {
        AddressRange(Swift.max(lower, other.lower), through: Swift.min(upper, other.upper))
    }
}

extension AddressRange: Sequence {
    /// The addresses from the lowest to the highest, made as they are asked for.
    package struct Iterator: IteratorProtocol {
        private let upper: IPAddress
        private var following: IPAddress?

        fileprivate init(_ range: AddressRange) {
            upper = range.upper
            following = range.lower
        }

        package mutating func next() -> IPAddress? {
            guard let current = following else { return nil }
            following = current == upper ? nil : current.advanced(by: 1)
            return current
        }
    }

    package func makeIterator() -> Iterator { Iterator(self) }
}
