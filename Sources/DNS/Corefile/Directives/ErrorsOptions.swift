/// `errors`: a line of the log for each question that could not be answered.
package struct ErrorsOptions: Hashable, Sendable {
    package var consolidations: [Consolidation] = []

    /// Errors of one kind, which make one line in each period.
    package struct Consolidation: Hashable, Sendable {
        package enum Level: Hashable, Sendable { case debug, info, warning, error }

        package var period: Duration
        package var pattern: Pattern
        package var level = Level.error
        /// Whether the first of a period has a line of its own at once.
        package var showsFirst = false
    }

    init(_ directive: Directive) throws(CorefileError) {
        if let word = try directive.expect(0...1, "errors").first, word.text != "stdout" {
            throw directive.unsuitable(word, "errors go to the log: leave it out")
        }
        for option in try directive.options() {
            switch option.name {
            case "consolidate": consolidations.append(try Self.consolidation(option))
            // There is no panic whose stack could be shown.
            case "stacktrace": _ = try option.flag()
            default: throw option.unknownOption(["consolidate", "stacktrace"])
            }
        }
    }

    private static func consolidation(
        _ option: Directive
    ) throws(CorefileError) -> Consolidation {
        let usage = "consolidate DURATION REGEX [warning|error|info|debug] [show_first]"
        let values = Array(try option.expect(2...4, usage))
        var result = Consolidation(
            period: try option.duration(values[0]), pattern: try option.pattern(values[1]))
        for word in values.dropFirst(2) {
            if word.text == "show_first" {
                result.showsFirst = true
            } else {
                result.level = try option.choice(
                    word, ["warning": .warning, "error": .error, "info": .info, "debug": .debug])
            }
        }
        return result
    }
}
