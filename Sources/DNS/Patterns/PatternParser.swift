/// Reads a regular expression in the syntax of RE2, over bytes.
struct PatternParser {
    let text: [UInt8]
    var position = 0
    private(set) var groups = 0
    private var depth = 0
    private var flags = Flags()

    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotTakesNewlines = false
        var isLazy = false
    }

    private static let deepest = 100
    /// As in RE2.
    private static let mostRepetitions = 1000

    init(_ text: String) { self.text = Array(text.utf8) }

    mutating func pattern() throws(PatternError) -> PatternNode {
        let node = try choice()
        guard isAtEnd else {
            throw PatternError("a ) closes no group: write \\) for the character")
        }
        return node
    }

    var isAtEnd: Bool { position == text.count }
    var next: UInt8? { isAtEnd ? nil : text[position] }

    mutating func take(_ expected: String) -> Bool {
        guard text[position...].starts(with: expected.utf8) else { return false }
        position += expected.utf8.count
        return true
    }

    private mutating func choice() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw PatternError("groups are nested too deep") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            if take("\\Q") {
                // What follows repeats the last of these characters alone.
                parts += literal()
                if let last = parts.popLast() { parts.append(try repeated(last)) }
            } else {
                parts.append(try repeated(try atom()))
            }
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func repeated(_ atom: PatternNode) throws(PatternError) -> PatternNode {
        guard let (least, most) = try repetition() else { return atom }
        let isLazy = take("?") != flags.isLazy
        if try repetition() != nil {
            throw PatternError("a repetition of a repetition: put the first in (?: )")
        }
        return .repeated(atom, least: least, most: most, isGreedy: !isLazy)
    }

    private mutating func repetition() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        return try counts()
    }

    /// What is between braces; other braces stand for themselves, as in RE2.
    private mutating func counts() throws(PatternError) -> (Int, Int?)? {
        let start = position
        guard take("{"), let least = number() else {
            position = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else {
            position = start
            return nil
        }
        guard max(least, most ?? 0) <= Self.mostRepetitions, most.map({ $0 >= least }) ?? true
        else { throw PatternError("a repetition is {n,m} with 0 ≤ n ≤ m ≤ 1000") }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let digits = text[position...].prefix { ByteSet.digits.contains($0) }
        guard !digits.isEmpty else { return nil }
        position += digits.count
        // Whatever has more digits is too much as well.
        return Int(String(decoding: digits.prefix(9), as: UTF8.self))
    }
}

extension PatternParser {
    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let byte = next else { return .empty }
        position += 1
        switch byte {
        case UInt8(ascii: "("): return try group()
        case UInt8(ascii: "["): return .byte(cased(try bracket()))
        case UInt8(ascii: "\\"): return try escape()
        case UInt8(ascii: "."):
            return .byte(flags.dotTakesNewlines ? .anything : ByteSet.newline.inverted)
        case UInt8(ascii: "^"): return .assertion(flags.isMultiline ? .lineStart : .start)
        case UInt8(ascii: "$"): return .assertion(flags.isMultiline ? .lineEnd : .end)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            throw PatternError("nothing is there to repeat: write \\ before the character")
        case UInt8(ascii: "{"):
            position -= 1
            guard try counts() == nil else {
                throw PatternError("nothing is there to repeat: write \\ before the character")
            }
            position += 1
            return .byte(ByteSet(byte))
        case 0x80...: return character()
        default: return .byte(cased(ByteSet(byte)))
        }
    }

    /// A character of several bytes, whose first was taken.
    private mutating func character() -> PatternNode {
        var parts = [PatternNode.byte(ByteSet(text[position - 1]))]
        while let byte = next, byte & 0xc0 == 0x80 {
            parts.append(.byte(ByteSet(byte)))
            position += 1
        }
        return .sequence(parts)
    }

    func cased(_ set: ByteSet) -> ByteSet { flags.ignoresCase ? set.ignoringCase : set }

    private mutating func group() throws(PatternError) -> PatternNode {
        let outside = flags
        var index: Int?
        if take("?") {
            if take("P<") || take("<") {
                try groupName()
                index = newGroup()
            } else if try !readFlags() {
                // Flags alone, for what follows.
                return .empty
            }
        } else {
            index = newGroup()
        }
        let node = try choice()
        guard take(")") else {
            throw PatternError("a ( is never closed: write \\( for the character")
        }
        flags = outside
        return index.map { .group(node, index: $0) } ?? node
    }

    private mutating func newGroup() -> Int {
        groups += 1
        return groups
    }

    private mutating func groupName() throws(PatternError) {
        let name = text[position...].prefix { ByteSet.wordBytes.contains($0) }
        position += name.count
        guard !name.isEmpty, take(">") else {
            throw PatternError("a group's name is of letters, digits and _")
        }
    }

    /// Reads `i-s:` or `i-s)`; whether a group follows.
    private mutating func readFlags() throws(PatternError) -> Bool {
        var isOn = true
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "i"): flags.ignoresCase = isOn
            case UInt8(ascii: "m"): flags.isMultiline = isOn
            case UInt8(ascii: "s"): flags.dotTakesNewlines = isOn
            case UInt8(ascii: "U"): flags.isLazy = isOn
            case UInt8(ascii: "-") where isOn: isOn = false
            case UInt8(ascii: ":"): return true
            case UInt8(ascii: ")"): return false
            default:
                throw PatternError(
                    "(? is followed by P<name>, or by : or one of imsU: others have no meaning")
            }
        }
        throw PatternError("a ( is never closed: write \\( for the character")
    }
}
