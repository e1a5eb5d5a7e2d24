/// What a backslash means, and what is between brackets.
extension PatternParser {
    mutating func escape() throws(PatternError) -> PatternNode {
        guard let byte = next else { throw PatternError("a \\ stands before a character") }
        let assertions: [UInt8: PatternNode.Assertion] = [
            UInt8(ascii: "A"): .start, UInt8(ascii: "z"): .end, UInt8(ascii: "b"): .wordBoundary,
            UInt8(ascii: "B"): .noWordBoundary,
        ]
        if let assertion = assertions[byte] {
            position += 1
            return .assertion(assertion)
        }
        return .byte(cased(try escapedSet()))
    }

    /// Everything up to `\E`, as it is.
    mutating func literal() -> [PatternNode] {
        var parts: [PatternNode] = []
        while !isAtEnd, !take("\\E") {
            parts.append(.byte(cased(ByteSet(text[position]))))
            position += 1
        }
        return parts
    }

    /// What a backslash and a character mean, in a class or outside.
    private mutating func escapedSet() throws(PatternError) -> ByteSet {
        guard let byte = next else { throw PatternError("a \\ stands before a character") }
        position += 1
        switch byte {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "D"): return ByteSet.digits.inverted
        case UInt8(ascii: "w"): return .wordBytes
        case UInt8(ascii: "W"): return ByteSet.wordBytes.inverted
        case UInt8(ascii: "s"): return .spaces
        case UInt8(ascii: "S"): return ByteSet.spaces.inverted
        case UInt8(ascii: "t"): return ByteSet(0x09)
        case UInt8(ascii: "n"): return .newline
        case UInt8(ascii: "r"): return ByteSet(0x0d)
        case UInt8(ascii: "f"): return ByteSet(0x0c)
        case UInt8(ascii: "v"): return ByteSet(0x0b)
        case UInt8(ascii: "a"): return ByteSet(0x07)
        case UInt8(ascii: "x"): return ByteSet(try hexadecimal())
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a:
            throw PatternError(
                "\\\(String(UnicodeScalar(byte))) is not supported: write a class in [ ]")
        default: return ByteSet(byte)
        }
    }

    private mutating func hexadecimal() throws(PatternError) -> UInt8 {
        let digits = text[position...].prefix(2)
        guard digits.count == 2,
            let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), value < 0x80
        else { throw PatternError("\\x stands before two digits, \\x00 to \\x7f") }
        position += 2
        return value
    }

    /// A class: what is between brackets.
    mutating func bracket() throws(PatternError) -> ByteSet {
        var set = ByteSet()
        let isInverted = take("^")
        var isFirst = true
        while isFirst || next != UInt8(ascii: "]") {
            guard let byte = next else {
                throw PatternError("a [ is never closed: write \\[ for the character")
            }
            isFirst = false
            if byte == UInt8(ascii: "["), let named = try namedClass() {
                set.formUnion(named)
            } else {
                set.formUnion(try range())
            }
        }
        position += 1
        return isInverted ? set.inverted : set
    }

    private mutating func range() throws(PatternError) -> ByteSet {
        let first = try member()
        guard let low = first.single, next == UInt8(ascii: "-"), position + 1 < text.count,
            text[position + 1] != UInt8(ascii: "]")
        else { return first.set }
        position += 1
        guard let high = try member().single, low <= high else {
            throw PatternError("a range in [ ] goes from a character to a later one")
        }
        return ByteSet(low...high)
    }

    private mutating func member() throws(PatternError) -> (set: ByteSet, single: UInt8?) {
        guard let byte = next else {
            throw PatternError("a [ is never closed: write \\[ for the character")
        }
        position += 1
        guard byte == UInt8(ascii: "\\") else {
            guard byte < 0x80 else {
                throw PatternError("a class holds ASCII only: write others outside of [ ]")
            }
            return (ByteSet(byte), byte)
        }
        let set = try escapedSet()
        let members = (UInt8(0)...127).filter(set.contains)
        return (set, members.count == 1 ? members[0] : nil)
    }

    /// `[:alpha:]` and its like.
    private mutating func namedClass() throws(PatternError) -> ByteSet? {
        guard position + 1 < text.count, text[position + 1] == UInt8(ascii: ":") else { return nil }
        for (name, set) in Self.namedClasses {
            if take("[:\(name):]") { return set }
            if take("[:^\(name):]") { return set.inverted }
        }
        throw PatternError("[: is followed by a class such as alpha or digit, and :]")
    }

    private static let namedClasses: [(String, ByteSet)] = [
        ("alnum", .union(.digits, .lower, .upper)), ("alpha", .union(.lower, .upper)),
        ("digit", .digits), ("lower", .lower), ("upper", .upper), ("word", .wordBytes),
        ("space", .union(.spaces, ByteSet(0x0b))), ("blank", ByteSet(ascii: " \t")),
        ("xdigit", .union(.digits, ByteSet(ascii: "abcdefABCDEF"))), ("ascii", ByteSet(0...127)),
        ("punct", ByteSet(ascii: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")),
        ("print", ByteSet(0x20...0x7e)), ("graph", ByteSet(0x21...0x7e)),
        ("cntrl", .union(ByteSet(0...31), ByteSet(127))),
    ]
}
