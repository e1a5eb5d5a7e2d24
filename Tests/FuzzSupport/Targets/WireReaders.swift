import Wire

extension FuzzTargets {
    /// Wire's reader, steered by the bytes it reads.
    static let wireReaders = [
        FuzzTarget(
            "wire-reader",
            corpus: [Array(0..<64), Array(repeating: 3, count: 40), [7, 200, 8, 4, 0, 5, 2, 1, 9]]
        ) { bytes in
            var reader = ByteReader(bytes.span)
            follow(&reader, depth: 0)
        }
    ]

    private static let deepest = 8
    private static let partOperation: UInt8 = 5

    /// Does what each byte says until the message ends, be it in the middle of a field.
    private static func follow(_ reader: inout ByteReader, depth: Int) {
        let end = reader.position + reader.remaining
        while let operation = try? reader.readUInt8() {
            let start = reader.mark
            let position = reader.position
            do throws(WireError) {
                try perform(operation, &reader, depth: depth)
            } catch {
                precondition(reader.position == position, "a failed read moved")
                precondition(error.code != .truncated || error.offset >= position)
            }
            precondition((position...end).contains(reader.position), "outside the part")
            // Parts are not read again: nested, that would take exponential time.
            if operation & 0x80 != 0, operation & 7 != partOperation { reader.rollBack(to: start) }
        }
        precondition(reader.isAtEnd && reader.next == nil)
    }

    private static func perform(
        _ operation: UInt8, _ reader: inout ByteReader, depth: Int
    ) throws(WireError) {
        let count = Int(reader.next ?? 0)
        switch operation & 7 {
        case 0: try reader.skip(count)
        case 1: _ = try reader.readUInt16(.little)
        case 2: _ = try reader.readUInt32()
        case 3: _ = try reader.readUInt64(.host)
        case 4:
            let bytes = try reader.readBytes(count)
            precondition(bytes.count == count)
        case partOperation where depth < deepest:
            var part = try reader.readPart(count)
            precondition(part.remaining == count)
            follow(&part, depth: depth + 1)
        case 6: try look(at: count, from: reader)
        default: try reader.expectEnd()
        }
    }

    private static func look(at position: Int, from reader: ByteReader) throws(WireError) {
        var other = try reader.reader(at: position)
        precondition(other.position == position)
        _ = try? other.readUInt64()
    }
}
