import FuzzSupport
import Testing
import Wire

/// Random sequences of fields, written into a buffer of any size and read back.
@Suite struct `Written fields` {
    enum Field: Equatable {
        case byte(UInt8)
        case short(UInt16, ByteOrder)
        case word(UInt32, ByteOrder)
        case long(UInt64, ByteOrder)
        case bytes([UInt8])

        init(_ random: inout SeededGenerator) {
            let value = random.next()
            let order: ByteOrder = random.below(2) == 0 ? .big : .little
            self =
                switch random.below(5) {
                case 0: .byte(UInt8(truncatingIfNeeded: value))
                case 1: .short(UInt16(truncatingIfNeeded: value), order)
                case 2: .word(UInt32(truncatingIfNeeded: value), order)
                case 3: .long(value, order)
                default: .bytes((0..<random.below(9)).map { UInt8(truncatingIfNeeded: $0) })
                }
        }

        func write(to writer: inout ByteWriter) throws(WireError) {
            switch self {
            case .byte(let value): try writer.writeUInt8(value)
            case .short(let value, let order): try writer.writeUInt16(value, order)
            case .word(let value, let order): try writer.writeUInt32(value, order)
            case .long(let value, let order): try writer.writeUInt64(value, order)
            case .bytes(let value): try writer.write(value)
            }
        }

        func isNext(in reader: inout ByteReader) throws(WireError) -> Bool {
            switch self {
            case .byte(let value): return try reader.readUInt8() == value
            case .short(let value, let order): return try reader.readUInt16(order) == value
            case .word(let value, let order): return try reader.readUInt32(order) == value
            case .long(let value, let order): return try reader.readUInt64(order) == value
            case .bytes(let value):
                let bytes = try reader.readBytes(value.count)
                return bytes.indices.allSatisfy { bytes[$0] == value[$0] }
            }
        }
    }

    @Test(arguments: 1..<9 as Range<UInt64>)
    func `are read as they were written, up to where the room ended`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let fields = (0..<random.below(20)).map { _ in Field(&random) }
            var buffer = [UInt8](repeating: 0, count: random.below(100))
            var writer = ByteWriter(buffer.mutableSpan)
            let kept = write(fields, to: &writer)
            var reader = ByteReader(writer.written)
            for field in fields[..<kept] { #expect(try field.isNext(in: &reader)) }
            #expect(reader.isAtEnd == true)
        }
    }

    /// Writes until one does not fit, and tells how many did.
    private func write(_ fields: [Field], to writer: inout ByteWriter) -> Int {
        for index in fields.indices {
            do throws(WireError) {
                try fields[index].write(to: &writer)
            } catch {
                #expect(error == WireError(.full, at: writer.count))
                return index
            }
        }
        return fields.count
    }
}
