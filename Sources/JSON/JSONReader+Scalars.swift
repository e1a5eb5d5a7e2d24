extension JSONReader {
    /// Reads a string in quotes, with its escapes resolved.
    mutating func string() throws(JSONError) -> String {
        let start = position
        var bytes: [UInt8] = []
        position += 1
        while !take("\"") {
            guard let byte = peek else { throw error("the string has no end") }
            guard byte >= 0x20 else { throw error("a control character must be escaped") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: try escape().utf8)
            } else {
                bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            position = start
            throw error("the string is not UTF-8")
        }
        return text
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(JSONError) -> String {
        guard let byte = peek else { throw error("the string has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return String(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try codePoint())
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

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits must follow \\u")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}

extension JSONReader {
    /// Reads a number and keeps it as it was written.
    mutating func number() throws(JSONError) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: (start..<position).map { text[$0] }, as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        if position == start { throw error("a value or a digit must stand here") }
    }
}
