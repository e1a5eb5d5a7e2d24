/// Random numbers that a seed decides: the same seed gives the same numbers everywhere.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        // Seeds 1, 2, 3 must not give similar sequences, and xorshift may not begin at zero.
        state = Self.scramble(seed &+ 0x9E37_79B9_7F4A_7C15) | 1
    }

    /// A generator for one of many independent cases of a seed.
    package init(seed: UInt64, case index: UInt64) {
        self.init(seed: Self.scramble(seed) ^ index)
    }

    /// Marsaglia's xorshift64 with a multiplication to whiten the low bits.
    package mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    /// A number from zero to one below the limit; slightly biased, which does not matter here.
    package mutating func below(_ limit: Int) -> Int {
        Int(((next() >> 32) &* UInt64(limit)) >> 32)
    }

    /// The finaliser of splitmix64.
    private static func scramble(_ seed: UInt64) -> UInt64 {
        var value = seed
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
