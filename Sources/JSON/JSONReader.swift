/// A strict reader of RFC 8259: UTF-8 only, nothing after the document, nesting limited.
struct JSONReader: ~Copyable, ~Escapable {
    /// Deeper documents are refused, so that a hostile one cannot exhaust the stack.
    static let depthLimit = 128

    let text: Span<UInt8>
    var position = 0
    private var depth = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    /// Reads the one value that a document is.
    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == text.count else { throw error("nothing may follow the document") }
        return value
    }
}

extension JSONReader {
    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        guard let first = peek else { throw error("a value is missing") }
        return switch first {
        case UInt8(ascii: "{"): .object(try object())
        case UInt8(ascii: "["): .array(try array())
        case UInt8(ascii: "\""): .string(try string())
        case UInt8(ascii: "t"): try word("true", .bool(true))
        case UInt8(ascii: "f"): try word("false", .bool(false))
        case UInt8(ascii: "n"): try word("null", .null)
        default: .number(try number())
        }
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        var object = JSONObject()
        try descend()
        if !closes(with: "}") {
            repeat {
                object.members.append(try member())
            } while try separated(until: "}")
        }
        depth -= 1
        return object
    }

    private mutating func member() throws(JSONError) -> JSONObject.Member {
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw error("a key in quotes must stand here") }
        let key = try string()
        skipSpace()
        guard take(":") else { throw error("a colon must follow the key \"\(key)\"") }
        return JSONObject.Member(key: key, value: try value())
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try descend()
        if !closes(with: "]") {
            repeat {
                elements.append(try value())
            } while try separated(until: "]")
        }
        depth -= 1
        return elements
    }

    /// Steps over the opening bracket.
    private mutating func descend() throws(JSONError) {
        depth += 1
        guard depth <= Self.depthLimit else {
            throw error("values are nested more than \(Self.depthLimit) deep")
        }
        position += 1
    }

    private mutating func closes(with bracket: Unicode.Scalar) -> Bool {
        skipSpace()
        return take(bracket)
    }

    /// Steps over a comma (true) or the closing bracket (false).
    private mutating func separated(until bracket: Unicode.Scalar) throws(JSONError) -> Bool {
        skipSpace()
        if take(",") { return true }
        guard take(bracket) else { throw error("a comma or \(bracket) must follow the value") }
        return false
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for scalar in "\(word)".unicodeScalars where !take(scalar) {
            throw error("true, false and null are the only words")
        }
        return value
    }
}

extension JSONReader {
    var peek: UInt8? { position < text.count ? text[position] : nil }

    /// Steps over an ASCII character if it stands here.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    /// What is wrong at the current position, in terms of lines as an editor counts them.
    func error(_ what: String) -> JSONError {
        var line = 1
        var column = 1
        for index in 0..<position {
            let isNewline = text[index] == UInt8(ascii: "\n")
            line += isNewline ? 1 : 0
            column = isNewline ? 1 : column + 1
        }
        return JSONError(line: line, column: column, problem: what)
    }
}

extension JSONValue {
    /// Reads a whole document.
    package init(document text: Span<UInt8>) throws(JSONError) {
        var reader = JSONReader(text)
        self = try reader.document()
    }
}
