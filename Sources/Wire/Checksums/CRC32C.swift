/// The Castagnoli checksum of SCTP packets: RFC 9260 appendix A.
///
/// SCTP sends it with the low byte first, unlike every other field of its header.
package struct CRC32C: Sendable {
    /// Castagnoli's polynomial with its bits reversed, as the register shifts to the right.
    private static let polynomial: UInt32 = 0x82F6_3B78

    /// What eight shifts make of each low byte.
    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) in
        (0..<8).reduce(byte) { register, _ in
            register & 1 == 0 ? register >> 1 : register >> 1 ^ polynomial
        }
    }

    private var register = UInt32.max

    package init() {}

    /// Adds bytes as if they followed those added before.
    package mutating func add(_ bytes: Span<UInt8>) {
        let table = Self.table.span
        for index in bytes.indices {
            let entry = UInt8(truncatingIfNeeded: register) ^ bytes[index]
            register = register >> 8 ^ table[Int(entry)]
        }
    }

    package var value: UInt32 { ~register }
}

extension CRC32C {
    package static func of(_ bytes: Span<UInt8>) -> UInt32 {
        var checksum = CRC32C()
        checksum.add(bytes)
        return checksum.value
    }
}
