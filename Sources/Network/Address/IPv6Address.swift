/// An IPv6 address.
package struct IPv6Address: Hashable, Sendable {
    /// The first eight bytes as a number.
    package let high: UInt64
    /// The last eight bytes as a number.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An address as one number, most significant byte first.
    package init(rawValue: UInt128) {
        high = UInt64(truncatingIfNeeded: rawValue >> 64)
        low = UInt64(truncatingIfNeeded: rawValue)
    }

    /// An address of sixteen octets in the order they are sent.
    package init(octets: [16 of UInt8]) {
        high = octets.span.bigEndian(from: 0)
        low = octets.span.bigEndian(from: 8)
    }

    /// An address from exactly sixteen octets as they are sent.
    package init?(octets: Span<UInt8>) {
        guard octets.count == 16 else { return nil }
        high = octets.bigEndian(from: 0)
        low = octets.bigEndian(from: 8)
    }

    /// The address as one number: ::1 is 1.
    package var rawValue: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// The octets in the order they are sent.
    package var octets: [16 of UInt8] {
        [16 of UInt8] { index in
            UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(8 * (7 - index & 7)))
        }
    }

    /// One of the eight 16-bit groups, counted as they are written.
    func group(_ index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(16 * (3 - index & 3)))
    }
}

extension IPv6Address: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

extension Span<UInt8> {
    fileprivate func bigEndian(from start: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in start..<start + 8 { value = value << 8 | UInt64(self[index]) }
        return value
    }
}
