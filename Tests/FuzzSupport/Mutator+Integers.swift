/// The mutation that overwrites a field with a number decoders get wrong.
extension Mutator {
    private static let widths = [1, 2, 4, 8]

    /// Around the limits of each width, signed and unsigned.
    private static let limits: [UInt64] = [
        0, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF,
        0xFFFF_FFFF_FFFF_FFFF,
    ]

    mutating func setInteger(in bytes: inout [UInt8]) {
        let width = Self.widths[random.below(Self.widths.count)]
        guard width <= bytes.count else { return add(to: &bytes) }
        var offset = random.below(bytes.count - width + 1)
        // Fields of netlink and most headers are aligned; half of the tries aim at them.
        if random.below(2) == 0 { offset -= offset % width }
        let value = interestingInteger(rest: bytes.count - offset)
        let bigEndian = random.below(2) == 0
        for index in 0..<width {
            let shift = UInt64(8 * (bigEndian ? width - 1 - index : index))
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
        }
    }

    /// A limit, or what a length field could say of the bytes that follow, give or take some.
    private mutating func interestingInteger(rest: Int) -> UInt64 {
        let base =
            random.below(3) == 0
            ? UInt64(rest) : Self.limits[random.below(Self.limits.count)]
        return base &+ UInt64(random.below(9)) &- 4
    }
}
