import Testing
import Wire

@Suite struct `CRC32c` {
    /// The check value of the polynomial, and the examples of RFC 3720 appendix B.4.
    @Test(
        arguments: [
            (Array("123456789".utf8), 0xE306_9283), (Array(repeating: 0, count: 32), 0x8A91_36AA),
            (Array(repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
            (Array((0..<32).reversed()), 0x113F_DB5C), ([], 0),
        ] as [([UInt8], UInt32)])
    func `of known bytes`(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32C.of(bytes.span) == checksum)
    }

    @Test func `does not depend on where the bytes are divided`() {
        let bytes = Array("123456789".utf8)
        var checksum = CRC32C()
        checksum.add(bytes.span.extracting(first: 4))
        checksum.add(bytes.span.extracting(droppingFirst: 4))
        #expect(checksum.value == 0xE306_9283)
    }
}
