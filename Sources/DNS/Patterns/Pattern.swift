/// A regular expression in RE2's syntax, whose matching takes time in proportion to the text's length.
package struct Pattern: Hashable, Sendable {
    package let text: String
    /// How many groups it has, without the whole.
    package let groupCount: Int
    private let program: PatternProgram

    package init(_ text: String) throws(PatternError) {
        var parser = PatternParser(text)
        let node = try parser.pattern()
        self.text = text
        program = try PatternProgram(node)
        groupCount = parser.groups
    }

    /// The first match's groups, the whole as the first; nil where there is no match.
    ///
    /// A group that has no part in the match is nil.
    package func groups(in text: [UInt8]) -> [Range<Int>?]? {
        var matcher = PatternMatcher(program, groups: groupCount, text)
        return matcher.run()
    }

    package func matches(_ text: [UInt8]) -> Bool { groups(in: text) != nil }
}

/// A text in which `{1}` stands for what a pattern's first group matched, and `{0}` for the whole.
package struct PatternTemplate: Hashable, Sendable {
    package let text: String
    private let parts: [Part]

    private enum Part: Hashable, Sendable {
        case text([UInt8])
        case group(Int)
    }

    package init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{"), let (group, length) = Self.group(rest) else {
                literal.append(byte)
                continue
            }
            if !literal.isEmpty { parts.append(.text(literal)) }
            literal = []
            parts.append(.group(group))
            rest = rest.dropFirst(length)
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        self.parts = parts
    }

    /// The number that a text begins with, with the length of it and its brace.
    private static func group(_ text: ArraySlice<UInt8>) -> (Int, Int)? {
        let digits = text.prefix { ByteSet.digits.contains($0) }
        // RE2 allows 1000 groups.
        guard (1...4).contains(digits.count),
            text.dropFirst(digits.count).first == UInt8(ascii: "}")
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self)).map { ($0, digits.count + 1) }
    }

    /// The highest group it names.
    package var lastGroup: Int {
        parts.reduce(0) { last, part in
            if case .group(let index) = part { max(last, index) } else { last }
        }
    }

    /// The text with what the groups matched.
    package func expanded(_ groups: [Range<Int>?], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let literal): result += literal
            case .group(let index):
                if groups.indices.contains(index), let range = groups[index] {
                    result += text[range]
                }
            }
        }
        return result
    }
}
