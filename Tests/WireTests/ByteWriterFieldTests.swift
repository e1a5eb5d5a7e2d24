import Testing
import Wire

@Suite struct `Byte writer's fields` {
    @Test(arguments: [(ByteOrder.big, [0, 3]), (.little, [3, 0])] as [(ByteOrder, [UInt8])])
    func `a length is filled in later`(order: ByteOrder, expected: [UInt8]) throws {
        let bytes = try [UInt8](messageUpTo: 16) { writer throws(WireError) in
            try writer.writeUInt8(0xAA)
            let length = try writer.reserveUInt16(order)
            try writer.write([1, 2, 3])
            try writer.fillLength(length)
        }
        #expect(bytes == [0xAA] + expected + [1, 2, 3])
    }

    @Test func `lengths nest`() throws {
        let bytes = try [UInt8](messageUpTo: 16) { writer throws(WireError) in
            let outer = try writer.reserveUInt16()
            try writer.writeUInt8(7)
            let inner = try writer.reserveUInt16()
            try writer.writeUInt16(0x0809)
            try writer.fillLength(inner)
            try writer.fillLength(outer)
        }
        #expect(bytes == [0, 5, 7, 0, 2, 8, 9])
    }

    @Test func `any number is filled in later`() throws {
        let bytes = try [UInt8](messageUpTo: 4) { writer throws(WireError) in
            let field = try writer.reserveUInt16()
            try writer.writeUInt16(0x0304)
            writer.fill(field, with: 0x0102)
        }
        #expect(bytes == [1, 2, 3, 4])
    }

    @Test(arguments: [(65535, nil), (65536, WireError(.tooLong, at: 1))])
    func `a length has sixteen bits`(count: Int, failure: WireError?) {
        var caught: WireError?
        do throws(WireError) {
            _ = try [UInt8](messageUpTo: 70_000) { writer throws(WireError) in
                try writer.writeUInt8(0)
                let length = try writer.reserveUInt16()
                try writer.write(repeating: 1, count: count)
                try writer.fillLength(length)
            }
        } catch {
            caught = error
        }
        #expect(caught == failure)
    }

    @Test func `a field needs room too`() {
        #expect(throws: WireError(.full, at: 0)) {
            try [UInt8](messageUpTo: 1) { writer throws(WireError) in
                _ = try writer.reserveUInt16()
            }
        }
    }
}
