import Testing
import Wire

@Suite struct `Byte writer` {
    @Test func `writes numbers in both orders`() throws {
        let bytes = try [UInt8](messageUpTo: 64) { writer throws(WireError) in
            try writer.writeUInt8(0x01)
            try writer.writeUInt16(0x0203)
            try writer.writeUInt16(0x0504, .little)
            try writer.writeUInt32(0x0607_0809)
            try writer.writeUInt32(0x0D0C_0B0A, .little)
            try writer.writeUInt64(0x0E0F_1011_1213_1415)
            try writer.writeUInt64(0x1D1C_1B1A_1918_1716, .little)
        }
        #expect(bytes == Array(0x01...0x1D))
    }

    @Test func `writes bytes, runs and padding`() throws {
        let bytes = try [UInt8](messageUpTo: 64) { writer throws(WireError) in
            try writer.write([1, 2, 3])
            try writer.pad(to: 4)
            try writer.pad(to: 4)
            try writer.write(repeating: 9, count: 2)
            try writer.write([])
            try writer.write(repeating: 9, count: 0)
        }
        #expect(bytes == [1, 2, 3, 0, 9, 9])
    }

    /// Each write is tried with one byte of room too few for it.
    @Test(arguments: [1, 2, 4, 8, 5, 6, 3])
    func `what does not fit is not written`(width: Int) throws {
        for room in 0..<width {
            var buffer = [UInt8](repeating: 0xEE, count: 5 + room)
            var writer = ByteWriter(buffer.mutableSpan)
            try writer.write([1, 2, 3, 4, 5])
            #expect(failure(of: width, in: &writer) == WireError(.full, at: 5))
            #expect(writer.count == 5)
            #expect(buffer == [1, 2, 3, 4, 5] + [UInt8](repeating: 0xEE, count: room))
        }
    }

    private func failure(of width: Int, in writer: inout ByteWriter) -> WireError? {
        do throws(WireError) {
            switch width {
            case 1: try writer.writeUInt8(1)
            case 2: try writer.writeUInt16(1)
            case 3: try writer.pad(to: 8)
            case 4: try writer.writeUInt32(1)
            case 5: try writer.write([1, 2, 3, 4, 5])
            case 6: try writer.write(repeating: 1, count: 6)
            default: try writer.writeUInt64(1)
            }
            return nil
        } catch {
            return error
        }
    }

    @Test func `a limit keeps room at the end`() throws {
        var buffer = [UInt8](repeating: 0, count: 8)
        var writer = ByteWriter(buffer.mutableSpan)
        writer.limit = 5
        try writer.writeUInt32(1)
        #expect(writer.remaining == 1)
        #expect(throws: WireError(.full, at: 4)) { try writer.writeUInt16(1) }
        writer.limit = 100
        #expect(writer.limit == 8)
        try writer.writeUInt16(1)
        writer.limit = 0
        #expect(writer.limit == 6)
    }

    @Test func `what is written can be read at once`() throws {
        var buffer = [UInt8](repeating: 0xEE, count: 8)
        var writer = ByteWriter(buffer.mutableSpan)
        #expect(writer.written.count == 0)
        try writer.write([1, 2])
        #expect(writer.written.count == 2 && writer.written[1] == 2)
    }

    @Test func `a message of its own is as long as what was written`() throws {
        #expect(try [UInt8](messageUpTo: 10) { _ in } == [])
        #expect(throws: WireError(.full, at: 2)) {
            try [UInt8](messageUpTo: 3) { writer throws(WireError) in
                try writer.writeUInt16(1)
                try writer.writeUInt16(2)
            }
        }
    }
}

@Suite struct `Byte writer's marks` {
    @Test func `what came after a mark is forgotten`() throws {
        let bytes = try [UInt8](messageUpTo: 8) { writer throws(WireError) in
            try writer.writeUInt16(0x0102)
            let mark = writer.mark
            try writer.writeUInt32(0xFFFF_FFFF)
            writer.rollBack(to: mark)
            try writer.writeUInt8(3)
        }
        #expect(bytes == [1, 2, 3])
    }

    @Test func `a record that overflows leaves nothing behind`() throws {
        var buffer = [UInt8](repeating: 0, count: 7)
        var writer = ByteWriter(buffer.mutableSpan)
        try writer.writeUInt16(0x0102)
        var failure: WireError?
        do throws(WireError) {
            try writer.whole { (writer) throws(WireError) in
                try writer.writeUInt32(1)
                try writer.writeUInt32(2)
            }
        } catch {
            failure = error
        }
        #expect(failure == WireError(.full, at: 6))
        #expect(writer.count == 2)
    }

    @Test func `a record that fits stays`() throws {
        var buffer = [UInt8](repeating: 0, count: 7)
        var writer = ByteWriter(buffer.mutableSpan)
        try writer.writeUInt16(0x0102)
        let kept = try writer.whole { (writer) throws(WireError) in
            try writer.writeUInt32(0x0304_0506)
            return writer.count
        }
        #expect(kept == 6)
        #expect(buffer == [1, 2, 3, 4, 5, 6, 0])
    }
}
