/// What libyaml found wrong, and how people would say it.
struct SyntaxProblem {
    let problem: String
    var context: String?
    var begin = YAMLPlace(line: 1, column: 1)

    func error(at place: YAMLPlace) -> YAMLError {
        let text = Self.words[problem] ?? (problem.isEmpty ? "there is no memory left" : problem)
        guard let surrounding, begin.line != place.line else { return YAMLError(place, text) }
        return YAMLError(place, "\(text) (in the \(surrounding) that begins in line \(begin.line))")
    }

    /// What was being read, where libyaml names it: "block mapping".
    private var surrounding: Substring? {
        guard let context else { return nil }
        return ["while parsing a ", "while scanning a "].first { context.hasPrefix($0) }
            .map { context.dropFirst($0.count) }
    }

    /// libyaml's words for what people do wrong most often.
    private static let words = [
        "mapping values are not allowed in this context":
            "no value can stand after this colon; put text that has a colon in quotes, or look "
            + "at the indentation",
        "did not find expected key":
            "a key must stand here; look at the indentation, and at quotes before it",
        "could not find expected ':'": "a colon must follow the key",
        "did not find expected '-' indicator":
            "the next element must begin with - in the same column as those before it",
        "found character that cannot start any token":
            "no value can begin with this character; indent with spaces, not tabs, and put text "
            + "that begins with @, ` or % in quotes",
        "found a tab character that violates indentation": "indent with spaces, not tabs",
        "found a tab character where an indentation space is expected":
            "indent with spaces, not tabs",
        "block sequence entries are not allowed in this context":
            "no - can stand here; put each element on a line of its own",
        "found unexpected end of stream": "the quoted text has no end",
        "found unexpected document indicator": "the quoted text has no end",
        "did not find expected ',' or ']'": "a comma or ] must stand here",
        "did not find expected ',' or '}'": "a comma or } must stand here",
        "did not find expected <document start>":
            "nothing but a new document, which begins with ---, can stand here",
        "did not find expected node content": "a value must stand here",
        "found unknown escape character":
            "no such escape; use single quotes for text with backslashes",
        "control characters are not allowed": "a control character must be escaped in quotes",
        "invalid leading UTF-8 octet": "the text is not UTF-8",
        "invalid trailing UTF-8 octet": "the text is not UTF-8",
        "incomplete UTF-8 octet sequence": "the text is not UTF-8",
    ]
}
