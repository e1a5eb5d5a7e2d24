/// A string in quotes, still as it was written.
package struct JSONString: Hashable, Sendable {
    /// Where its characters are, without the quotes.
    package let range: Range<Int>
    package let hasEscapes: Bool
}

extension JSONCursor {
    /// Steps over a string in quotes.
    package mutating func string() throws(JSONError) -> JSONString {
        skipSpace()
        guard take(UInt8(ascii: "\"")) else { throw error("a string must stand here") }
        let start = position
        var hasEscapes = false
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return JSONString(range: start..<position, hasEscapes: hasEscapes)
            }
            guard byte >= 0x20 else { throw error("a control character must be escaped") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                // What is escaped is looked at when the value is asked for; a quote must not end it.
                guard position < text.count else { break }
                position += 1
            }
        }
        throw error("the string has no end")
    }

    /// The bytes of a string without escapes.
    @_lifetime(copy self)
    package func bytes(of string: JSONString) -> Span<UInt8> {
        text.extracting(string.range)
    }

    /// The text that a string means, with its escapes resolved.
    package func value(of string: JSONString) throws(JSONError) -> String {
        if !string.hasEscapes {
            do { return String(copying: try UTF8Span(validating: bytes(of: string))) } catch {
                throw notUTF8(string)
            }
        }
        var unescaper = Unescaper(text, string.range)
        guard let text = String(validating: try unescaper.bytes(), as: UTF8.self) else {
            throw notUTF8(string)
        }
        return text
    }

    private func notUTF8(_ string: JSONString) -> JSONError {
        JSONError(at: string.range.lowerBound - 1, in: text, "the string is not UTF-8")
    }
}
