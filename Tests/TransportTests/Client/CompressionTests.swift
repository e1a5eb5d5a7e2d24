import APIServerSupport
import Testing

@testable import Transport

struct `A compressed answer` {
    private func server(_ body: [UInt8]) throws -> TestServer {
        try TestServer(handler: FixedHandler(fields: [("content-encoding", "gzip")], body: body))
    }

    @Test func `arrives decompressed`() throws {
        let server = try server(Gzip.zeros(2064 * 100))
        let answer = try Caller(server).get("/")
        #expect(answer.error == nil)
        #expect(answer.body == [UInt8](repeating: 0, count: 2064 * 100 + 1))
    }

    @Test func `that is damaged is an error`() throws {
        var bytes = Gzip.zeros(2064 * 10)
        bytes[20] ^= 0xFF
        let server = try server(bytes)
        let error = try #require(try Caller(server).get("/").error)
        #expect(error.code == .badAnswer, "\(error)")
    }

    @Test func `is only asked for where it is welcome`() throws {
        let server = try TestServer(handler: EchoHandler())
        let caller = try Caller(server)
        var request = HTTPRequest(.get, "/")
        #expect(try caller.ask(request).text.contains("accept-encoding: gzip"))
        request.acceptsCompression = false
        #expect(try !caller.ask(request).text.contains("accept-encoding"))
    }

    @Test func `is bounded by what it becomes`() throws {
        let server = try server(Gzip.zeros(2064 * 2000))
        let caller = try Caller(server)
        var request = HTTPRequest(.get, "/")
        request.longestAnswer = 1 << 20
        let answer = try caller.ask(request)
        #expect(answer.error?.code == .badAnswer)
        #expect(answer.body.count <= 1 << 20)
    }
}

/// A gzip file made by hand (RFC 1951, 1952), as this package compresses nothing otherwise.
private enum Gzip {
    /// So many zeros, a multiple of 2064, and one more.
    static func zeros(_ count: Int) -> [UInt8] {
        var bits = Bits()
        // The last block, with the codes that everybody knows.
        bits.add(0b011, 3)
        // The literal 0 is 00110000, first bit first.
        bits.add(0b0000_1100, 8)
        for _ in 0..<(count / 258) {
            // 258 bytes (11000101) from one byte back (00000).
            bits.add(0b1010_0011, 8)
            bits.add(0, 5)
        }
        bits.add(0, 7)
        bits.flush()
        let size = UInt32(count + 1)
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + bits.bytes
            + little(crc(ofZeros: count + 1)) + little(size)
    }

    private static func crc(ofZeros count: Int) -> UInt32 {
        var crc = UInt32.max
        for _ in 0..<count {
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private struct Bits {
        var bytes: [UInt8] = []
        private var pending: UInt32 = 0
        private var count: UInt32 = 0

        mutating func add(_ bits: UInt32, _ number: UInt32) {
            pending |= bits << count
            count += number
            while count >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                count -= 8
            }
        }

        mutating func flush() { if count > 0 { add(0, 8 - count) } }
    }
}
