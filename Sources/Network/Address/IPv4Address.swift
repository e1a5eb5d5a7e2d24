/// An IPv4 address.
package struct IPv4Address: Hashable, Sendable {
    /// The address as a number: 10.0.0.1 is 0x0A00_0001.
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// An address of four octets in the order they are written and sent.
    package init(octets: [4 of UInt8]) {
        rawValue =
            UInt32(octets[0]) << 24 | UInt32(octets[1]) << 16 | UInt32(octets[2]) << 8
            | UInt32(octets[3])
    }

    /// An address from exactly four octets as they are sent.
    package init?(octets: Span<UInt8>) {
        guard octets.count == 4 else { return nil }
        self.init(octets: [octets[0], octets[1], octets[2], octets[3]])
    }

    package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        self.init(octets: [a, b, c, d])
    }

    /// The octets in the order they are written and sent.
    package var octets: [4 of UInt8] {
        [
            UInt8(truncatingIfNeeded: rawValue >> 24), UInt8(truncatingIfNeeded: rawValue >> 16),
            UInt8(truncatingIfNeeded: rawValue >> 8), UInt8(truncatingIfNeeded: rawValue),
        ]
    }
}

extension IPv4Address: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
