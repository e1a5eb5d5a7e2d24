import FuzzSupport
import Testing
import Wire

@Suite struct `Internet checksum` {
    @Test(
        arguments: [
            // The example of RFC 1071 section 3.
            ([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7], 0x220D),
            // An IPv4 header with its checksum field zero.
            (
                [
                    0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11, 0x00, 0x00, 0xC0,
                    0xA8,
                    0x00, 0x01, 0xC0, 0xA8, 0x00, 0xC7,
                ], 0xB861
            ),
            ([], 0xFFFF), ([0x01], 0xFEFF), ([0xFF, 0xFF], 0x0000),
            ([0xFF, 0xFF, 0x00, 0x01], 0xFFFE),
        ] as [([UInt8], UInt16)])
    func `of known bytes`(bytes: [UInt8], checksum: UInt16) {
        #expect(InternetChecksum.of(bytes.span) == checksum)
    }

    @Test(arguments: 1..<4 as Range<UInt64>)
    func `does not depend on where the bytes are divided`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let bytes = (0..<random.below(300)).map { _ in UInt8(random.below(256)) }
            var checksum = InternetChecksum()
            var rest = bytes.span
            while !rest.isEmpty {
                let count = 1 + random.below(rest.count)
                checksum.add(rest.extracting(first: count))
                rest = rest.extracting(droppingFirst: count)
            }
            #expect(checksum.value == InternetChecksum.of(bytes.span))
        }
    }

    @Test func `is zero over bytes that hold it`() {
        var bytes: [UInt8] = [0x12, 0x34, 0, 0, 0x56, 0x78, 0x9A]
        let checksum = InternetChecksum.of(bytes.span)
        bytes[2] = UInt8(checksum >> 8)
        bytes[3] = UInt8(checksum & 0xFF)
        #expect(InternetChecksum.of(bytes.span) == 0)
    }

    @Test func `numbers count as their bytes do, after an odd byte too`() {
        var whole = InternetChecksum()
        whole.add(0x1234)
        #expect(whole.value == InternetChecksum.of(([0x12, 0x34] as [UInt8]).span))
        var odd = InternetChecksum()
        odd.add(([0xAB] as [UInt8]).span)
        odd.add(0x1234)
        #expect(odd.value == InternetChecksum.of(([0xAB, 0x12, 0x34] as [UInt8]).span))
    }
}
