/// A 48-bit link-layer address.
package struct MACAddress: Hashable, Sendable {
    /// The address as a number: 02:00:00:00:00:01 is 0x0200_0000_0001.
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue & 0xFFFF_FFFF_FFFF }

    /// An address of six octets in the order they are written and sent.
    package init(octets: [6 of UInt8]) {
        var value: UInt64 = 0
        for index in octets.indices { value = value << 8 | UInt64(octets[index]) }
        rawValue = value
    }

    /// An address from exactly six octets as they are sent.
    package init?(octets: Span<UInt8>) {
        guard octets.count == 6 else { return nil }
        self.init(octets: [6 of UInt8] { index in octets[index] })
    }

    /// The octets in the order they are written and sent.
    package var octets: [6 of UInt8] {
        [6 of UInt8] { index in UInt8(truncatingIfNeeded: rawValue >> UInt64(8 * (5 - index))) }
    }
}

extension MACAddress: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
