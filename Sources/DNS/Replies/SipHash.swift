/// SipHash-2-4, which RFC 9018 prescribes for cookies (Aumasson and Bernstein, 2012).
struct SipHash {
    private var v0, v1, v2, v3: UInt64
    private var word: UInt64 = 0
    private var count: UInt64 = 0

    init(_ key0: UInt64, _ key1: UInt64) {
        v0 = key0 ^ 0x736f_6d65_7073_6575
        v1 = key1 ^ 0x646f_7261_6e64_6f6d
        v2 = key0 ^ 0x6c79_6765_6e65_7261
        v3 = key1 ^ 0x7465_6462_7974_6573
    }

    mutating func add(_ octet: UInt8) {
        word |= UInt64(octet) << (8 * (count % 8))
        count += 1
        if count % 8 == 0 { takeWord() }
    }

    mutating func finished() -> UInt64 {
        word |= (count & 0xff) << 56
        takeWord()
        v2 ^= 0xff
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func takeWord() {
        v3 ^= word
        round()
        round()
        v0 ^= word
        word = 0
    }

    private mutating func round() {
        v0 &+= v1
        v1 = rotated(v1, 13) ^ v0
        v0 = rotated(v0, 32)
        v2 &+= v3
        v3 = rotated(v3, 16) ^ v2
        v0 &+= v3
        v3 = rotated(v3, 21) ^ v0
        v2 &+= v1
        v1 = rotated(v1, 17) ^ v2
        v2 = rotated(v2, 32)
    }

    private func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value << count | value >> (64 - count)
    }
}
