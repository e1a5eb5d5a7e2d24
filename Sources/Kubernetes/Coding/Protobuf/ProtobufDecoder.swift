/// Reads objects from Kubernetes' protobuf.
///
/// Fields come in the order of their numbers, mostly, so a message's list of fields is gone
/// through once; after a field that the list does not have, from its beginning again.
package struct ProtobufDecoder: ~Copyable, ~Escapable {
    private var reader: ProtobufReader
    /// The field whose value comes next; its number is zero at the end of a message.
    private var number: UInt32 = 0
    private var type = WireType.bytes
    package let pool: SharingPool

    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>, _ pool: SharingPool) {
        reader = ProtobufReader(bytes)
        self.pool = pool
    }
}

extension ProtobufDecoder {
    /// Reads the message that all the bytes are.
    package mutating func whole<Value: Message>(_ type: Value.Type) throws(ObjectError) -> Value {
        var value = Value()
        try fields(of: &value)
        try value.settle()
        return value
    }

    private mutating func fields<Value: Message>(of value: inout Value) throws(ObjectError) {
        try next()
        while number > 0 {
            let before = reader.position
            try value.code(&self)
            guard number > 0, reader.position == before else { continue }
            try reader.skip(type)
            try next()
        }
    }

    /// Steps to the next field of the message.
    @inline(__always)
    private mutating func next() throws(ObjectError) {
        if reader.isAtEnd {
            number = 0
        } else {
            (number, type) = try reader.tag()
        }
    }

    @inline(__always)
    private func expect(_ expected: WireType) throws(ObjectError) {
        guard type == expected else {
            throw ObjectError("the value is written as protobuf type \(type), not \(expected)")
        }
    }

    private mutating func range() throws(ObjectError) -> Range<Int> {
        try expect(.bytes)
        return try reader.range()
    }
}

extension ProtobufDecoder: ValueDecoder {
    package mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError) {
        while self.number == number {
            do throws(ObjectError) {
                if Value.isEmptyTextAbsent, reader.isAtEmptyBytes {
                    try reader.skip(type)
                } else {
                    try value.decode(&self)
                }
            } catch {
                throw error.inside(name)
            }
            try next()
        }
    }

    package mutating func text() throws(ObjectError) -> String {
        let range = try range()
        return pool.string(reader.bytes.extracting(range))
    }

    package mutating func integer() throws(ObjectError) -> Int64 {
        try expect(.varint)
        return Int64(truncatingIfNeeded: try reader.varint())
    }

    package mutating func flag() throws(ObjectError) -> Bool {
        try expect(.varint)
        return try reader.varint() != 0
    }

    package mutating func parsed<Value: TextField>(
        _ type: Value.Type
    ) throws(ObjectError) -> Value {
        let text = reader.bytes.extracting(try range())
        guard let value = Value(field: text) else {
            throw ObjectError("\(quoted(String(copying: text))) is not \(Value.expectation)")
        }
        return value
    }

    package mutating func time() throws(ObjectError) -> Int64 {
        var time = TimeMessage()
        try message(&time)
        return time.seconds
    }

    package mutating func numberOrName() throws(ObjectError) -> NumberOrName {
        var message = NumberOrNameMessage()
        try self.message(&message)
        return message.isName == 0 ? .number(message.number) : .name(message.name)
    }

    package mutating func message<Value: Message>(_ value: inout Value) throws(ObjectError) {
        let range = try range()
        let end = reader.end
        (reader.position, reader.end) = (range.lowerBound, range.upperBound)
        try fields(of: &value)
        (reader.position, reader.end) = (range.upperBound, end)
    }

    /// A repeated field comes once for each of its elements.
    package mutating func elements(
        _ body: (inout Self) throws(ObjectError) -> Void
    ) throws(ObjectError) { try body(&self) }

    package mutating func entries(_ body: (String, String) -> Void) throws(ObjectError) {
        var entry = EntryMessage()
        try message(&entry)
        body(entry.key, entry.value)
    }

    package func error(_ problem: String) -> ObjectError { ObjectError(problem) }
}

extension ProtobufReader {
    /// Whether the next value is written with a length of zero.
    @inline(__always)
    var isAtEmptyBytes: Bool { position < end && bytes[position] == 0 }
}
