/// The words of a rule of `rewrite`, read one after the other.
struct RewriteArguments {
    private let directive: Directive
    private var rest: ArraySlice<Word>

    private static let usage =
        "rewrite [continue|stop] name [exact|prefix|suffix|substring|regex] FROM TO [answer …], or "
        + "type, class, ttl or rcode with what they are to become"

    init(_ directive: Directive, _ words: ArraySlice<Word>) {
        (self.directive, rest) = (directive, words)
    }

    mutating func take(_ keyword: String) -> Bool {
        guard rest.first?.text.lowercased() == keyword else { return false }
        rest.removeFirst()
        return true
    }

    mutating func word() throws(CorefileError) -> Word {
        guard let word = rest.popFirst() else {
            throw directive.wrong("the rule ends too early", "write \(Self.usage)")
        }
        return word
    }

    func checkEnd() throws(CorefileError) {
        guard let word = rest.first else { return }
        throw directive.wrong(
            "\(quoted(word.text)) is too much", "write \(Self.usage)", at: word)
    }

    mutating func recordType() throws(CorefileError) -> RecordType {
        try directive.recordType(try word())
    }

    mutating func recordClass() throws(CorefileError) -> RecordClass {
        try directive.choice(
            try word(), ["in": .internet, "ch": .chaos, "hs": .hesiod, "any": .any])
    }

    mutating func responseCode() throws(CorefileError) -> ResponseCode {
        try directive.responseCode(try word())
    }

    /// Seconds, or `MIN-MAX` where either may be missing.
    mutating func ttl() throws(CorefileError) -> ClosedRange<UInt32> {
        let word = try self.word()
        let limits = word.text.split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let least = limits[0].isEmpty ? 0 : UInt32(limits[0])
        let last = limits[limits.count - 1]
        // RFC 2181 section 8.
        let most = last.isEmpty ? UInt32(Int32.max) : UInt32(last)
        guard let least, let most, least <= most, word.text != "-", !word.text.isEmpty else {
            throw directive.unsuitable(word, "write seconds such as 30, or a range such as 5-30")
        }
        return least...most
    }
}

extension RewriteArguments {
    /// Which names a rule is for; the number of words behind it tells whether the kind is written.
    mutating func match(following: Int) throws(CorefileError) -> NameMatch {
        let kind = try rest.count > 1 + following ? word() : nil
        return try match(kind, try word(), PatternTemplate(""))
    }

    mutating func name() throws(CorefileError) -> RewriteRule.Change {
        let kind = try rest.count > 2 ? word() : nil
        let from = try word()
        let to = try word()
        let match = try self.match(kind, from, try template(to, kind))
        if case .regex(let pattern) = match.kind { try check(match.replacement, pattern, to) }
        return .name(match, try answers(match))
    }

    private func match(
        _ kind: Word?, _ from: Word, _ replacement: PatternTemplate
    ) throws(CorefileError) -> NameMatch {
        let text = from.text.lowercased()
        let found: NameMatch.Kind
        switch kind?.text.lowercased() ?? "exact" {
        case "exact": found = .exact(try directive.domain(from))
        // As in CoreDNS, dots at the end count for these but are there anyway.
        case "prefix": found = .prefix(text)
        case "suffix": found = .suffix(Self.closed(text))
        case "substring": found = .substring(text)
        case "regex": found = .regex(try directive.pattern(from))
        default:
            throw directive.unsuitable(
                kind ?? from, "write exact, prefix, suffix, substring or regex")
        }
        if kind?.text.lowercased() != "regex", text.isEmpty {
            throw directive.wrong("a name to match is empty", "write part of a name", at: from)
        }
        return NameMatch(kind: found, replacement: replacement)
    }

    /// What the name becomes; a whole name, or its end, ends in a dot.
    private func template(_ to: Word, _ kind: Word?) throws(CorefileError) -> PatternTemplate {
        let text = to.text.lowercased()
        switch kind?.text.lowercased() ?? "exact" {
        case "exact": return PatternTemplate("\(try directive.domain(to))")
        case "suffix", "regex": return PatternTemplate(Self.closed(text))
        default: return PatternTemplate(text)
        }
    }

    private static func closed(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    private func check(
        _ template: PatternTemplate, _ pattern: Pattern, _ word: Word
    ) throws(CorefileError) {
        guard template.lastGroup <= pattern.groupCount else {
            throw directive.wrong(
                "\(quoted(word.text)) names group \(template.lastGroup) of \(pattern.groupCount)",
                "put what it is to be in parentheses", at: word)
        }
    }

    /// `answer auto`, `answer name FROM TO`, `answer value FROM TO`; only the first needs the word.
    private mutating func answers(
        _ match: NameMatch
    ) throws(CorefileError) -> [RewriteRule.AnswerChange] {
        // Whoever asked for one name is not to get another.
        var changes: [RewriteRule.AnswerChange] = []
        if case .exact = match.kind { changes = [.auto] }
        guard take("answer") else { return changes }
        repeat {
            let kind = try word()
            switch kind.text.lowercased() {
            case "auto": if !changes.contains(.auto) { changes.append(.auto) }
            case "name":
                let (pattern, template) = try answer()
                changes.append(.name(pattern, template))
            case "value":
                let (pattern, template) = try answer()
                changes.append(.value(pattern, template))
            default:
                throw directive.wrong(
                    "an answer cannot be changed by \(quoted(kind.text))",
                    "write auto, name FROM TO or value FROM TO", at: kind)
            }
            _ = take("answer")
        } while !rest.isEmpty
        return changes
    }

    private mutating func answer() throws(CorefileError) -> (Pattern, PatternTemplate) {
        let pattern = try directive.pattern(try word())
        let word = try self.word()
        let template = PatternTemplate(Self.closed(word.text.lowercased()))
        try check(template, pattern, word)
        return (pattern, template)
    }
}
