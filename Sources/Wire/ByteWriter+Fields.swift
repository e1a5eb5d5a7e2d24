extension ByteWriter {
    /// A place for a 16-bit number that is known later: a length, a count, a checksum.
    package struct Field: Hashable, Sendable {
        fileprivate let offset: Int
        fileprivate let order: ByteOrder
    }

    /// Writes a zero that is filled in later.
    package mutating func reserveUInt16(_ order: ByteOrder = .big) throws(WireError) -> Field {
        let offset = count
        try writeUInt16(0, order)
        return Field(offset: offset, order: order)
    }

    package mutating func fill(_ field: Field, with value: UInt16) {
        precondition(field.offset + 2 <= count, "the field was rolled back")
        put(value, field.order, at: field.offset)
    }

    /// Fills in how many bytes were written after the field.
    package mutating func fillLength(_ field: Field) throws(WireError) {
        guard let length = UInt16(exactly: count - field.offset - 2) else {
            throw WireError(.tooLong, at: field.offset)
        }
        fill(field, with: length)
    }
}
