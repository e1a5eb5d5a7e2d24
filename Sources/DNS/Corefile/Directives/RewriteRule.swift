/// `rewrite`: questions that are changed before they are answered, or answers before they are sent.
package struct RewriteRule: Hashable, Sendable {
    /// What is changed.
    package enum Change: Hashable, Sendable {
        case name(NameMatch, [AnswerChange])
        case type(from: RecordType, to: RecordType)
        case recordClass(from: RecordClass, to: RecordClass)
        /// TTLs below or above are brought within.
        case ttl(NameMatch, ClosedRange<UInt32>)
        case responseCode(NameMatch, from: ResponseCode, to: ResponseCode)
    }

    /// How a change of the name is undone in the answer.
    package enum AnswerChange: Hashable, Sendable {
        /// The name that was asked for comes back, in names and in values.
        case auto
        case name(Pattern, PatternTemplate)
        /// The names within values: of CNAME, DNAME, MX, NAPTR, NS, PTR, SOA and SRV.
        case value(Pattern, PatternTemplate)
    }

    package var change: Change
    /// Whether later rules are tried after this one has changed something.
    package var continues = false
}

extension RewriteRule {
    init(_ directive: Directive) throws(CorefileError) {
        // Lines between braces go on with the rule.
        var words = directive.values
        for line in try directive.options() { words += line.words }
        var arguments = RewriteArguments(directive, words)
        let isContinued = arguments.take("continue")
        if !isContinued { _ = arguments.take("stop") }
        continues = isContinued
        let field = try arguments.word()
        switch field.text.lowercased() {
        case "name": change = try arguments.name()
        case "type":
            change = .type(from: try arguments.recordType(), to: try arguments.recordType())
        case "class":
            change = .recordClass(
                from: try arguments.recordClass(), to: try arguments.recordClass())
        case "ttl": change = .ttl(try arguments.match(following: 1), try arguments.ttl())
        case "rcode":
            change = .responseCode(
                try arguments.match(following: 2), from: try arguments.responseCode(),
                to: try arguments.responseCode())
        default: throw Self.unknown(field, directive)
        }
        try arguments.checkEnd()
    }

    private static func unknown(_ field: Word, _ directive: Directive) -> CorefileError {
        let reasons = [
            "edns0": "options of questions are not changed: remove it",
            "cname": "write rewrite name for the name that the CNAME leads to",
            "answer": "write it behind name, or in a line below it",
        ]
        if let reason = reasons[field.text.lowercased()] {
            return directive.wrong("\(quoted(field.text)) is not supported", reason, at: field)
        }
        return directive.wrong(
            "cannot change \(quoted(field.text))", "use one of name, type, class, ttl, rcode",
            at: field)
    }
}
