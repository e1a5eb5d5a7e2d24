/// Reads the characters of a string that has escapes.
struct Unescaper: ~Escapable {
    private let text: Span<UInt8>
    private var position: Int
    private let end: Int

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, _ range: Range<Int>) {
        self.text = text
        position = range.lowerBound
        end = range.upperBound
    }

    mutating func bytes() throws(JSONError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - position)
        while position < end {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: String(try escape()).utf8)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard position < end else { throw error("the string has no end") }
        let byte = text[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default:
            position -= 1
            throw error("no such escape")
        }
    }

    /// Reads the digits after `\u`, and of a character outside the first plane both halves.
    private mutating func codePoint() throws(JSONError) -> Unicode.Scalar {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try codeUnit()) }
        guard let scalar = String(validating: units, as: UTF16.self)?.unicodeScalars.first else {
            throw error("half of a surrogate pair is missing")
        }
        return scalar
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < end, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard position < end,
                let digit = Character(Unicode.Scalar(text[position])).hexDigitValue
            else { throw error("four hexadecimal digits must follow \\u") }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private func error(_ problem: String) -> JSONError {
        JSONError(at: position, in: text, problem)
    }
}
