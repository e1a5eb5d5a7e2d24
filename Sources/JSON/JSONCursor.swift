/// Goes through a JSON text without making a tree of it; strict as RFC 8259, nesting limited.
///
/// Its caller says what it expects next; whatever else stands there is an error with its place.
package struct JSONCursor: ~Copyable, ~Escapable {
    /// Deeper documents are refused, so that a hostile one cannot exhaust the stack.
    package static let depthLimit = 128

    package let text: Span<UInt8>
    package internal(set) var position = 0
    private var depth = 0
    /// Whether the bracket that was opened last has had no element yet.
    private var isFirst = true

    @_lifetime(copy text)
    package init(_ text: Span<UInt8>) { self.text = text }
}

/// What kind of value begins somewhere.
package enum JSONKind: Hashable, Sendable {
    case null, bool, number, string, array, object
}

extension JSONCursor {
    @inline(__always)
    package var peek: UInt8? { position < text.count ? text[position] : nil }

    /// Steps over an ASCII character if it stands here.
    @inline(__always)
    mutating func take(_ character: UInt8) -> Bool {
        guard position < text.count, text[position] == character else { return false }
        position += 1
        return true
    }

    @inline(__always)
    package mutating func skipSpace() {
        while position < text.count, text[position] <= 0x20, isSpace(text[position]) {
            position += 1
        }
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// What the next value is, by its first character.
    package mutating func kind() throws(JSONError) -> JSONKind {
        skipSpace()
        guard let first = peek else { throw error("a value is missing") }
        return switch first {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    package mutating func expectEnd() throws(JSONError) {
        skipSpace()
        guard position == text.count else { throw error("nothing may follow the document") }
    }
}

extension JSONCursor {
    package mutating func beginObject() throws(JSONError) {
        try begin(UInt8(ascii: "{"), "an object must stand here")
    }

    package mutating func beginArray() throws(JSONError) {
        try begin(UInt8(ascii: "["), "a list must stand here")
    }

    private mutating func begin(_ bracket: UInt8, _ problem: String) throws(JSONError) {
        skipSpace()
        guard peek == bracket else { throw error(problem) }
        depth += 1
        guard depth <= Self.depthLimit else {
            throw error("values are nested more than \(Self.depthLimit) deep")
        }
        position += 1
        isFirst = true
    }

    /// Steps to the next element of the list; false when it has ended.
    package mutating func nextElement() throws(JSONError) -> Bool {
        try separate(until: UInt8(ascii: "]"))
    }

    /// Steps over the next key of the object and its colon; nil when the object has ended.
    package mutating func nextKey() throws(JSONError) -> JSONString? {
        guard try separate(until: UInt8(ascii: "}")) else { return nil }
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw error("a key in quotes must stand here") }
        let key = try string()
        skipSpace()
        guard take(UInt8(ascii: ":")) else {
            throw error("a colon must follow the key \"\(try value(of: key))\"")
        }
        return key
    }

    /// Steps over a comma, or over the closing bracket (false).
    private mutating func separate(until bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        if take(bracket) {
            // A comma before it would have been taken together with the element after it.
            depth -= 1
            isFirst = false
            return false
        }
        if !isFirst, !take(UInt8(ascii: ",")) {
            throw error(
                "a comma or \(Character(Unicode.Scalar(bracket))) must follow the value")
        }
        isFirst = false
        return true
    }
}

extension JSONCursor {
    package mutating func bool() throws(JSONError) -> Bool {
        skipSpace()
        if peek == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        guard peek == UInt8(ascii: "f") else { throw error("true or false must stand here") }
        try word("false")
        return false
    }

    package mutating func null() throws(JSONError) {
        skipSpace()
        try word("null")
    }

    private mutating func word(_ word: String) throws(JSONError) {
        for byte in word.utf8 where !take(byte) {
            throw error("true, false and null are the only words")
        }
    }

    /// Steps over a number, and returns where it stands.
    package mutating func number() throws(JSONError) -> Range<Int> {
        skipSpace()
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return start..<position
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while position < text.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[position] {
            position += 1
        }
        if position == start { throw error("a value or a digit must stand here") }
    }

    /// What is wrong at the current position, in terms of lines as an editor counts them.
    package func error(_ problem: String) -> JSONError {
        JSONError(at: position, in: text, problem)
    }
}

extension JSONError {
    /// An error at a byte of a text.
    package init(at position: Int, in text: Span<UInt8>, _ problem: String) {
        var line = 1
        var column = 1
        for index in 0..<min(position, text.count) {
            let isNewline = text[index] == UInt8(ascii: "\n")
            line += isNewline ? 1 : 0
            column = isNewline ? 1 : column + 1
        }
        self.init(line: line, column: column, problem: problem)
    }
}

extension JSONCursor {
    /// Steps over a value of any kind.
    package mutating func skipValue() throws(JSONError) {
        switch try kind() {
        case .object:
            try beginObject()
            while try nextKey() != nil { try skipValue() }
        case .array:
            try beginArray()
            while try nextElement() { try skipValue() }
        case .string: _ = try string()
        case .bool: _ = try bool()
        case .null: try null()
        case .number: _ = try number()
        }
    }
}
