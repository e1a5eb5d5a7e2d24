/// Splits the text of a zone file into entries and their words (RFC 1035 section 5.1).
struct MasterLexer {
    /// What stands on one line, or on several between parentheses.
    struct Entry: Hashable {
        var tokens: [MasterToken] = []
        /// Of the file, counted from one.
        var line: Int
        /// Whether the line begins with blanks, so that the owner is the one before.
        var beginsBlank = false
    }

    private let text: [UInt8]
    private var position = 0
    private(set) var line = 1

    init(_ text: [UInt8]) { self.text = text }
}

extension MasterLexer {
    /// The next entry that has a word; nil at the end of the text.
    mutating func next() throws(DNSError) -> Entry? {
        while position < text.count {
            let entry = try entry()
            if !entry.tokens.isEmpty { return entry }
        }
        return nil
    }

    private mutating func entry() throws(DNSError) -> Entry {
        var entry = Entry(line: line)
        entry.beginsBlank = isBlank(text[position])
        var (depth, end) = (0, -1)
        while position < text.count {
            let octet = text[position]
            switch octet {
            case newline:
                position += 1
                line += 1
                if depth == 0 { return entry }
            case UInt8(ascii: ";"): skipComment()
            case UInt8(ascii: "("):
                depth += 1
                position += 1
            case UInt8(ascii: ")"):
                depth -= 1
                position += 1
                if depth < 0 { throw .record("a ) has no ( before it") }
            case _ where isBlank(octet): position += 1
            default:
                let start = position
                entry.tokens.append(try token(isAttached: start == end))
                end = position
            }
        }
        if depth > 0 { throw .record("the ( of line \(entry.line) has no )") }
        return entry
    }

    private mutating func skipComment() {
        while position < text.count, text[position] != newline { position += 1 }
    }

    private mutating func token(isAttached: Bool) throws(DNSError) -> MasterToken {
        let isQuoted = text[position] == quote
        if isQuoted { position += 1 }
        let start = position
        while position < text.count, !ends(text[position], isQuoted) {
            if text[position] == UInt8(ascii: "\\") { position += 1 }
            guard position < text.count, text[position] != newline else {
                throw .record("a backslash stands before something")
            }
            position += 1
        }
        let octets = text[start..<position]
        if isQuoted {
            guard position < text.count, text[position] == quote else {
                throw .record("a text in quotes ends on the line it begins on")
            }
            position += 1
        }
        return MasterToken(octets: octets, isQuoted: isQuoted, isAttached: isAttached)
    }

    private func ends(_ octet: UInt8, _ isQuoted: Bool) -> Bool {
        if isQuoted { return octet == quote || octet == newline }
        switch octet {
        case newline, quote, UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"): return true
        default: return isBlank(octet)
        }
    }

    private func isBlank(_ octet: UInt8) -> Bool {
        octet == 0x20 || octet == 0x09 || octet == 0x0d
    }

    private var newline: UInt8 { UInt8(ascii: "\n") }
    private var quote: UInt8 { UInt8(ascii: "\"") }
}
