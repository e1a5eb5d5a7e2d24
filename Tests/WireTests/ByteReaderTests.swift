import Testing
import Wire

@Suite struct `Byte reader` {
    private let bytes: [UInt8] = Array(0x01...0x10)

    @Test func `reads numbers in both orders`() throws {
        var reader = ByteReader(bytes.span)
        #expect(try reader.readUInt8() == 0x01)
        #expect(try reader.readUInt16() == 0x0203)
        #expect(try reader.readUInt16(.little) == 0x0504)
        #expect(try reader.readUInt32() == 0x0607_0809)
        #expect(try reader.readUInt32(.little) == 0x0D0C_0B0A)
        #expect(reader.position == 13)
        #expect(reader.remaining == 3)
        reader = ByteReader(bytes.span)
        #expect(try reader.readUInt64() == 0x0102_0304_0506_0708)
        #expect(try reader.readUInt64(.little) == 0x100F_0E0D_0C0B_0A09)
        #expect(reader.isAtEnd == true)
    }

    @Test func `host order is what memory holds`() throws {
        var reader = ByteReader(bytes.span)
        #expect(try reader.readUInt32(.host) == UInt32(bigEndian: 0x0102_0304))
    }

    /// Every read of a field that the bytes end in throws, and the cursor stays.
    @Test(arguments: [1, 2, 4, 8])
    func `a field is there as a whole or not at all`(width: Int) throws {
        for available in 0..<width {
            var reader = ByteReader(bytes.span.extracting(first: 3 + available))
            try reader.skip(3)
            let error = failure(of: width, in: &reader)
            #expect(error == WireError(.truncated, at: 3))
            #expect(reader.position == 3)
        }
    }

    private func failure(of width: Int, in reader: inout ByteReader) -> WireError? {
        do throws(WireError) {
            switch width {
            case 1: _ = try reader.readUInt8()
            case 2: _ = try reader.readUInt16()
            case 4: _ = try reader.readUInt32(.little)
            default: _ = try reader.readUInt64()
            }
            return nil
        } catch {
            return error
        }
    }

    @Test func `bytes are borrowed in order`() throws {
        var reader = ByteReader(bytes.span)
        let first = try reader.readBytes(3)
        #expect(first.count == 3 && first[2] == 3)
        #expect(reader.next == 4)
        #expect(reader.rest.count == 13 && reader.rest[0] == 4)
        #expect(try reader.readBytes(0).count == 0)
        try reader.skip(13)
        #expect(reader.next == nil)
    }

    @Test(arguments: [-1, 17, Int.max, Int.min])
    func `no more bytes than there are can be taken`(count: Int) {
        var reader = ByteReader(bytes.span)
        let errors = [
            #expect(throws: WireError.self) { try reader.skip(count) },
            #expect(throws: WireError.self) { _ = try reader.readBytes(count).count },
            #expect(throws: WireError.self) { _ = try reader.readPart(count).remaining },
        ]
        #expect(errors.allSatisfy { $0 == WireError(.truncated, at: 0) })
        #expect(reader.position == 0)
    }

    @Test func `a part ends where it is said to`() throws {
        var reader = ByteReader(bytes.span)
        try reader.skip(2)
        var part = try reader.readPart(3)
        #expect(reader.position == 5)
        #expect(part.position == 2 && part.remaining == 3)
        #expect(try part.readUInt16() == 0x0304)
        let error = #expect(throws: WireError.self) { try part.readUInt16() }
        #expect(error == WireError(.truncated, at: 4))
        let trailing = #expect(throws: WireError.self) { try part.expectEnd() }
        #expect(trailing == WireError(.trailingBytes, at: 4))
        try part.skip(1)
        try part.expectEnd()
    }

    @Test func `a part can look back at the whole message`() throws {
        var reader = ByteReader(bytes.span)
        try reader.skip(10)
        let part = try reader.readPart(2)
        var earlier = try part.reader(at: 1)
        #expect(try earlier.readUInt8() == 2)
        #expect(earlier.remaining == 14)
        for position in [-1, 16, Int.max] {
            let error = #expect(throws: WireError.self) { _ = try part.reader(at: position).next }
            #expect(error == WireError(.outOfBounds, at: position))
        }
    }

    @Test func `a mark is come back to`() throws {
        var reader = ByteReader(bytes.span)
        try reader.skip(4)
        let mark = reader.mark
        #expect(try reader.readUInt32() == 0x0506_0708)
        reader.rollBack(to: mark)
        #expect(try reader.readUInt8() == 5)
    }
}
