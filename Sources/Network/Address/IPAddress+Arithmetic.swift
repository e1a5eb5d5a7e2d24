extension IPFamily {
    /// The number of the family's last address.
    var lastBits: UInt128 { UInt128.max >> UInt128(128 - bitWidth) }
}

extension IPAddress {
    /// The address so many further on, nil beyond either end of the family.
    package func advanced(by offset: Int) -> IPAddress? {
        let step = UInt128(offset.magnitude)
        let (moved, overflow) =
            offset < 0
            ? bits.subtractingReportingOverflow(step) : bits.addingReportingOverflow(step)
        guard !overflow, moved <= family.lastBits else { return nil }
        return IPAddress(family, bits: moved)
    }

    /// How far ahead another address of the same family lies, nil when that is no Int.
    package func distance(to other: IPAddress) -> Int? {
        guard family == other.family else { return nil }
        // Modulo 2¹²⁸ the difference is the two's complement of the signed one, unless that
        // has more than 128 bits: then the comparison and the sign disagree.
        let difference = Int128(truncatingIfNeeded: other.bits &- bits)
        guard (difference < 0) == (other < self) else { return nil }
        return Int(exactly: difference)
    }
}
