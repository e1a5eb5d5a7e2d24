extension MACAddress {
    package static let zero = MACAddress(rawValue: 0)
    package static let broadcast = MACAddress(rawValue: .max)

    /// Bits of the first octet: IEEE 802 section 8.2.
    private static let groupBit: UInt64 = 0x01 << 40
    private static let localBit: UInt64 = 0x02 << 40

    /// Whether frames to the address are for several stations; broadcast is such an address.
    package var isMulticast: Bool { rawValue & Self.groupBit != 0 }

    /// Whether the address was chosen locally instead of by a manufacturer.
    package var isLocal: Bool { rawValue & Self.localBit != 0 }

    /// The link-local address that a host with this address takes: RFC 4291 appendix A.
    package var linkLocalAddress: IPv6Address {
        let flipped = rawValue ^ Self.localBit
        let identifier = (flipped >> 24) << 40 | 0xFF_FE00_0000 | flipped & 0xFF_FFFF
        return IPv6Address(high: 0xFE80 << 48, low: identifier)
    }
}
