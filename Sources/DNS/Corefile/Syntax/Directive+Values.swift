import Network
import Platform

extension Directive {
    func wrong(_ problem: String, _ advice: String, at word: Word? = nil) -> CorefileError {
        CorefileError((word ?? words[0]).place, in: owner, problem, advice)
    }

    /// What its values are to be counted against; `usage` is how it is written.
    func expect(
        _ count: ClosedRange<Int>, _ usage: String
    ) throws(CorefileError) -> ArraySlice<Word> {
        guard count.contains(values.count) else {
            let number = values.count == 1 ? "1 value" : "\(values.count) values"
            let subject = name == owner ? "" : quoted(name) + " "
            throw wrong("\(subject)has \(number)", "write \(usage)")
        }
        return values
    }

    func atLeastOne(_ usage: String) throws(CorefileError) -> ArraySlice<Word> {
        try expect(1...Int.max, usage)
    }

    func value(_ usage: String) throws(CorefileError) -> Word {
        let values = try expect(1...1, usage)
        return values[values.startIndex]
    }

    /// Checks that an option is only named.
    func flag() throws(CorefileError) -> Bool {
        _ = try expect(0...0, "\(name) alone")
        return true
    }

    /// The options between its braces, which have none themselves.
    func options() throws(CorefileError) -> [Directive] {
        for option in body ?? [] where option.body != nil {
            throw option.wrong(
                "\(quoted(option.name)) has a block", "write its values on the same line")
        }
        return body ?? []
    }

    func checkForNoBlock() throws(CorefileError) {
        if body != nil { throw wrong("has a block", "remove what is between the braces") }
    }
}

extension Directive {
    /// The error of an option that is none of those known.
    ///
    /// Those that others have may be refused for a reason.
    func unknownOption(_ known: [String], refused: [String: String] = [:]) -> CorefileError {
        if let reason = refused[name] {
            return wrong("option \(quoted(name)) is not supported", reason)
        }
        let advice =
            Spelling.nearest(to: name, among: known).map { "write \($0)" }
            ?? (known.isEmpty
                ? "it has no options" : "use one of \(known.joined(separator: ", "))")
        return wrong("unknown option \(quoted(name))", advice)
    }

    /// One of a few words.
    func choice<Choice>(
        _ word: Word, _ choices: KeyValuePairs<String, Choice>
    ) throws(CorefileError) -> Choice {
        if let found = choices.first(where: { $0.key == word.text.lowercased() }) {
            return found.value
        }
        throw unsuitable(word, "write \(choices.map(\.key).joined(separator: ", "))")
    }

    func number(_ word: Word, in range: ClosedRange<Int>) throws(CorefileError) -> Int {
        guard let number = Int(word.text), range.contains(number) else {
            throw unsuitable(
                word, "write a number of \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A duration as Go writes it, zero or more.
    func duration(
        _ word: Word, in range: ClosedRange<Duration> = .zero...Directive.longestDuration
    ) throws(CorefileError) -> Duration {
        guard let duration = Duration(goText: word.text) else {
            throw unsuitable(word, "write a duration such as 30s, 500ms or 1h30m")
        }
        guard range.contains(duration) else {
            let limits = "\(range.lowerBound.goText) to \(range.upperBound.goText)"
            throw unsuitable(word, "write a duration of \(limits)")
        }
        return duration
    }

    /// Ten years: so that no sum with a point in time overflows.
    static let longestDuration = Duration.seconds(10 * 365 * 24 * 3600)

    func unsuitable(_ word: Word, _ advice: String) -> CorefileError {
        let subject = name == owner ? "" : quoted(name) + " "
        return wrong("\(subject)cannot be \(quoted(word.text))", advice, at: word)
    }

    func responseCode(_ word: Word) throws(CorefileError) -> ResponseCode {
        if let code = ResponseCode(word.text) { return code }
        if let number = UInt16(word.text), number <= 23 { return ResponseCode(rawValue: number) }
        throw unsuitable(word, "write a response code such as SERVFAIL or NXDOMAIN")
    }

    func recordType(_ word: Word) throws(CorefileError) -> RecordType {
        guard let type = RecordType(word.text) else {
            throw unsuitable(word, "write a type of records such as A, AAAA or TYPE65")
        }
        return type
    }

    func pattern(_ word: Word) throws(CorefileError) -> Pattern {
        do throws(PatternError) {
            return try Pattern(word.text)
        } catch {
            throw unsuitable(word, error.description)
        }
    }

    /// A path; one that is relative is so to the directory of `root`.
    func path(_ word: Word, _ context: BlockContext) throws(CorefileError) -> String {
        guard !word.text.isEmpty, !word.text.utf8.contains(0) else {
            throw unsuitable(word, "write the path of a file")
        }
        if word.text.hasPrefix("/") { return word.text }
        return context.root.map { "\($0)/\(word.text)" } ?? word.text
    }
}
