/// The checksum of IPv4, ICMP, UDP and TCP headers: RFC 1071.
package struct InternetChecksum: Sendable {
    /// The sum of 16-bit words; the carries are added back in the end.
    private var sum: UInt64 = 0
    /// Whether the next byte is the low one of a word that an odd number of bytes began.
    private var isOdd = false

    package init() {}

    /// Adds bytes as if they followed those added before.
    package mutating func add(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            sum += isOdd ? UInt64(bytes[index]) : UInt64(bytes[index]) << 8
            isOdd.toggle()
        }
    }

    /// Adds a number in network byte order, as the pseudo-header has it.
    package mutating func add(_ value: UInt16) {
        let word = isOdd ? value.byteSwapped : value
        sum += UInt64(word)
    }

    /// What the checksum field holds; over bytes that include a right one it is zero.
    package var value: UInt16 {
        var folded = sum
        while folded > UInt64(UInt16.max) { folded = folded >> 16 + folded & 0xFFFF }
        return ~UInt16(folded)
    }
}

extension InternetChecksum {
    package static func of(_ bytes: Span<UInt8>) -> UInt16 {
        var checksum = InternetChecksum()
        checksum.add(bytes)
        return checksum.value
    }
}
