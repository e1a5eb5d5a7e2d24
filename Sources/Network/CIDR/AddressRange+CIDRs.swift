extension AddressRange {
    /// The fewest networks that hold exactly these addresses, from the lowest.
    package var networks: Networks { Networks(of: self) }

    /// The networks a range is made of, found as they are asked for.
    package struct Networks: Sequence, IteratorProtocol, Sendable {
        private let family: IPFamily
        private let upper: UInt128
        private var lower: UInt128?

        fileprivate init(of range: AddressRange) {
            family = range.family
            upper = range.upper.bits
            lower = range.lower.bits
        }

        package mutating func next() -> CIDR? {
            guard let start = lower else { return nil }
            let hostBits = Self.hostBits(from: start, to: upper)
            let network = CIDR(
                IPAddress(family, bits: start), length: family.bitWidth - hostBits)
            let end = network.last.bits
            lower = end == upper ? nil : end + 1
            return network
        }

        /// The size of the largest network that begins at one address and ends within reach.
        private static func hostBits(from start: UInt128, to end: UInt128) -> UInt8 {
            let distance = end - start
            let reach = distance == .max ? 128 : 127 - (distance + 1).leadingZeroBitCount
            return UInt8(Swift.min(start.trailingZeroBitCount, reach))
        }
    }
}
