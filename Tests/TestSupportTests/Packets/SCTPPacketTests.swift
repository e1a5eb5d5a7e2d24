import Network
import Testing
import Wire

@testable import TestSupport

struct `An SCTP packet` {
    /// From port 12345 to 80, tag 0x01020304, checked with an implementation of CRC32c in Python.
    static let initiate: [UInt8] = [
        0x30, 0x39, 0x00, 0x50, 0, 0, 0, 0, 0, 0, 0, 0,  // ports, verification tag, checksum
        1, 0, 0, 20, 1, 2, 3, 4, 0, 1, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4,
    ]

    static let packets = [
        SCTPPacket(from: 12345, to: 80, .initiate(tag: 0x0102_0304)),
        SCTPPacket(from: 1, to: 2, verificationTag: 9, .acknowledge(tag: 7, cookie: [1, 2, 3, 4])),
        SCTPPacket(from: 1, to: 2, verificationTag: 9, .acknowledge(tag: 7, cookie: [1, 2, 3])),
        SCTPPacket(from: 1, to: 2, .abort),
        SCTPPacket(from: 1, to: 2, .other(type: 10)),
    ]

    @Test(arguments: packets) func `is read as it was written`(packet: SCTPPacket) throws {
        let bytes = try packet.bytes()
        #expect(bytes.count % 4 == 0)
        #expect(try SCTPPacket(parsing: bytes.span) == packet)
    }

    @Test func `has the bytes of RFC 9260 and the checksum with its low byte first`() throws {
        let bytes = try Self.packets[0].bytes()
        #expect(bytes[..<8] == Self.initiate[..<8])
        #expect(bytes[8..<12] == Self.checksum[...])
        #expect(bytes[12...] == Self.initiate[12...])
    }

    static let checksum: [UInt8] = [0xB3, 0x8C, 0x51, 0x97]

    @Test func `with any bit changed is refused`() throws {
        let bytes = try Self.packets[1].bytes()
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: LabError.self) { try SCTPPacket(parsing: changed.span) }
        }
    }

    @Test func `with an end missing is refused, also with a right checksum`() throws {
        let bytes = try Self.packets[1].bytes()
        for count in 0..<bytes.count - 1 {
            var short = Array(bytes.prefix(count))
            if count >= 12 {
                short.replaceSubrange(8..<12, with: [0, 0, 0, 0])
                let checksum = CRC32C.of(short.span)
                short.replaceSubrange(
                    8..<12, with: (0..<4).map { UInt8(truncatingIfNeeded: checksum >> ($0 * 8)) })
            }
            #expect(throws: (any Error).self) { try SCTPPacket(parsing: short.span) }
        }
    }
}
