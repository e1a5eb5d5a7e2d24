/// Sorts words into blocks and directives.
struct CorefileParser {
    private var rest: ArraySlice<Word>
    private let end: CorefilePlace

    /// Directives have options, and options have no more than lines of their own.
    private static let deepest = 4

    init(_ words: [Word], end: CorefilePlace) {
        rest = words[...]
        self.end = end
    }

    mutating func blocks() throws(CorefileError) -> [RawBlock] {
        var blocks: [RawBlock] = []
        while !rest.isEmpty { blocks.append(try block()) }
        return blocks
    }

    private mutating func block() throws(CorefileError) -> RawBlock {
        let keys = try self.keys()
        guard let opening = rest.first, opening.opensBlock else {
            // Braces may be left out around the only block.
            return RawBlock(keys: keys, directives: try directives(of: nil, within: nil))
        }
        rest.removeFirst()
        return RawBlock(keys: keys, directives: try directives(of: nil, within: opening))
    }

    /// The names a block is for: up to its brace, or the end of the line unless a comma is there.
    private mutating func keys() throws(CorefileError) -> [Word] {
        var keys: [Word] = []
        var expectsMore = true
        while let word = rest.first, !word.opensBlock, expectsMore || !word.startsLine {
            rest.removeFirst()
            if word.closesBlock {
                throw CorefileError(
                    word.place, "a } without a {", "remove it, or open a block first")
            }
            try check(word)
            let parts = word.text.split(separator: ",")
            for part in parts {
                keys.append(
                    Word(
                        text: String(part), place: word.place, startsLine: word.startsLine,
                        isQuoted: word.isQuoted))
            }
            expectsMore = word.text.hasSuffix(",")
        }
        if keys.isEmpty || expectsMore {
            throw CorefileError(
                rest.first?.place ?? end, "a block without a name",
                "name the zone it is for, such as .:53 {")
        }
        return keys
    }

    private func check(_ key: Word) throws(CorefileError) {
        guard key.text.hasSuffix("{"), !key.isQuoted else { return }
        throw CorefileError(
            key.place, "\(quoted(key.text)) ends in a brace", "put a space before the brace")
    }

    /// What is up to the closing brace, or to the end if there was none that opened.
    private mutating func directives(
        of owner: String?, within opening: Word?, depth: Int = 0
    ) throws(CorefileError) -> [Directive] {
        var directives: [Directive] = []
        while let word = rest.first {
            if word.closesBlock {
                guard opening != nil else {
                    throw CorefileError(
                        word.place, "a } without a {", "remove it, or open a block first")
                }
                rest.removeFirst()
                return directives
            }
            directives.append(try directive(of: owner, depth: depth))
        }
        if let opening {
            throw CorefileError(
                opening.place, in: owner ?? "", "the block is never closed",
                "end it with a line of }")
        }
        return directives
    }

    private mutating func directive(
        of owner: String?, depth: Int
    ) throws(CorefileError) -> Directive {
        guard let first = rest.popFirst(), !first.opensBlock, depth < Self.deepest else {
            throw CorefileError(
                rest.first?.place ?? end, in: owner ?? "", "a block within a block",
                "write a directive or an option in front of its {")
        }
        let owner = owner ?? first.text
        var words = [first]
        while let word = rest.first, !word.startsLine, !word.opensBlock, !word.closesBlock {
            words.append(word)
            rest.removeFirst()
        }
        guard let opening = rest.first, opening.opensBlock else {
            return Directive(owner: owner, words: words, body: nil)
        }
        rest.removeFirst()
        let body = try directives(of: owner, within: opening, depth: depth + 1)
        return Directive(owner: owner, words: words, body: body)
    }
}
