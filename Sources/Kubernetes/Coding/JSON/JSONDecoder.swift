import JSON

/// Reads objects from JSON, whose keys come in the order of the API's definition, mostly.
package struct JSONDecoder: ~Copyable, ~Escapable {
    private var cursor: JSONCursor
    /// The key whose value comes next; nil at the end of an object.
    private var key: JSONString?
    package let pool: SharingPool

    @_lifetime(copy text)
    package init(_ text: Span<UInt8>, _ pool: SharingPool) {
        cursor = JSONCursor(text)
        self.pool = pool
    }
}

extension JSONDecoder {
    /// Reads the object that all the text is.
    package mutating func whole<Value: Message>(_ type: Value.Type) throws(ObjectError) -> Value {
        var value = Value()
        try message(&value)
        try value.settle()
        return value
    }

    /// Runs a step of the cursor; what is no JSON is wrong with the object.
    @inline(__always)
    private mutating func step<Value>(
        _ body: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(ObjectError) -> Value {
        do throws(JSONError) {
            return try body(&cursor)
        } catch {
            throw ObjectError(error)
        }
    }

    private mutating func string() throws(ObjectError) -> JSONString {
        try step { cursor throws(JSONError) in try cursor.string() }
    }

    private mutating func nextKey() throws(ObjectError) {
        key = try step { cursor throws(JSONError) in try cursor.nextKey() }
    }

    private mutating func skipValue() throws(ObjectError) {
        try step { cursor throws(JSONError) in try cursor.skipValue() }
    }

    private mutating func text(of string: JSONString) throws(ObjectError) -> String {
        if !string.hasEscapes { return pool.string(cursor.bytes(of: string)) }
        return try step { cursor throws(JSONError) in try cursor.value(of: string) }
    }

    private mutating func takesNothing(_ isEmptyTextAbsent: Bool) throws(ObjectError) -> Bool {
        cursor.skipSpace()
        let isNull = cursor.peek == UInt8(ascii: "n")
        guard isNull || isEmptyTextAbsent && cursor.isAtEmptyString else { return false }
        try skipValue()
        return true
    }
}

extension JSONDecoder: ValueDecoder {
    package mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError) {
        guard let key, cursor.bytes(of: key).isEqual(to: name) else { return }
        do throws(ObjectError) {
            if try !takesNothing(Value.isEmptyTextAbsent) { try value.decode(&self) }
        } catch {
            throw error.inside(name)
        }
        try nextKey()
    }

    package mutating func message<Value: Message>(_ value: inout Value) throws(ObjectError) {
        try step { cursor throws(JSONError) in try cursor.beginObject() }
        try nextKey()
        while key != nil {
            let before = cursor.position
            try value.code(&self)
            guard key != nil, cursor.position == before else { continue }
            try skipValue()
            try nextKey()
        }
    }

    package mutating func text() throws(ObjectError) -> String {
        try text(of: try string())
    }

    package mutating func integer() throws(ObjectError) -> Int64 {
        let range = try step { cursor throws(JSONError) in try cursor.number() }
        guard let number = Int64(digits: cursor.text.extracting(range)) else {
            throw error("a whole number must stand here")
        }
        return number
    }

    package mutating func flag() throws(ObjectError) -> Bool {
        try step { cursor throws(JSONError) in try cursor.bool() }
    }

    package mutating func parsed<Value: TextField>(
        _ type: Value.Type
    ) throws(ObjectError) -> Value {
        let string = try string()
        if !string.hasEscapes, let value = Value(field: cursor.bytes(of: string)) { return value }
        let text = try text(of: string)
        guard let value = Value(field: text.utf8.span) else {
            throw error("\(quoted(text)) is not \(Value.expectation)")
        }
        return value
    }

    package mutating func time() throws(ObjectError) -> Int64 {
        let text = try text(of: try string())
        guard let timestamp = Timestamp(text) else {
            throw error("\(quoted(text)) is not a time such as 2026-01-31T12:00:00Z")
        }
        return timestamp.seconds
    }

    package mutating func numberOrName() throws(ObjectError) -> NumberOrName {
        cursor.skipSpace()
        if cursor.peek == UInt8(ascii: "\"") { return .name(try text()) }
        var number: Int32 = 0
        try number.decode(&self)
        return .number(number)
    }

    package mutating func elements(
        _ body: (inout Self) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        try step { cursor throws(JSONError) in try cursor.beginArray() }
        while try step({ cursor throws(JSONError) in try cursor.nextElement() }) {
            try body(&self)
        }
    }

    package mutating func entries(_ body: (String, String) -> Void) throws(ObjectError) {
        try step { cursor throws(JSONError) in try cursor.beginObject() }
        while let key = try step({ cursor throws(JSONError) in try cursor.nextKey() }) {
            let name = try text(of: key)
            if try takesNothing(false) { body(name, "") } else { body(name, try text()) }
        }
    }

    package func error(_ problem: String) -> ObjectError {
        ObjectError(cursor.error(problem))
    }
}

extension JSONCursor {
    var isAtEmptyString: Bool {
        position + 1 < text.count && text[position] == UInt8(ascii: "\"")
            && text[position + 1] == UInt8(ascii: "\"")
    }
}

extension ObjectError {
    /// What is wrong with the text of an object.
    init(_ error: JSONError) {
        self.init(error.problem, at: Place(line: error.line, column: error.column))
    }
}
