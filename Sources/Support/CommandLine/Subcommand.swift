package import Platform

/// One thing a program does: how it is called, what its help says, and the doing.
package struct Subcommand: Sendable {
    /// All words before the options: `weft version`.
    package let name: String
    package let summary: String
    let details: String
    private let options: [Option]
    let operand: String?
    /// What the first operand may be, where that is known.
    let choices: [String]
    /// First operands behind which another program's command line stands, with how many operands
    /// come before that.
    private let entrances: [String: Int]
    private let body: @Sendable (Arguments) throws -> ExitCode

    /// Declares a command; without an `operand` it takes options only.
    package init(
        _ name: String, summary: String, details: String = "", options: [Option] = [],
        operand: String? = nil, choices: [String] = [], entrances: [String: Int] = [:],
        body: @escaping @Sendable (Arguments) throws -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.options = options
        self.operand = operand
        self.choices = choices
        self.entrances = entrances
        self.body = body
    }
}

extension Subcommand {
    /// Carries the command out, or prints its help or what is wrong with the words.
    package func run(_ words: [String]) -> ExitCode {
        if asksForHelp(words) { return Output.print(help) }
        do {
            return try body(arguments(words))
        } catch let error as UsageError {
            return Output.refuse("\(name): \(error.message)\nSee '\(name) --help'.\n", .usage)
        } catch {
            return Output.refuse("\(name): \(error)\n", .failure)
        }
    }

    /// What the words mean to this command.
    func arguments(_ words: [String]) throws(UsageError) -> Arguments {
        let arguments = try Arguments(words, options: options, entrances: entrances)
        if operand == nil, let stray = arguments.operands.first {
            throw UsageError("'\(stray)' is one word too many")
        }
        return arguments
    }

    private func asksForHelp(_ words: [String]) -> Bool {
        own(words).prefix { $0 != "--" }.contains { $0 == "-h" || $0 == "--help" }
    }

    /// The words without another program's.
    private func own(_ words: [String]) -> ArraySlice<String> {
        for (index, word) in words.enumerated() {
            if let count = entrances[word] { return words.prefix(index + count) }
        }
        return words[...]
    }

    /// With the one that every command has.
    var allOptions: [Option] { options + [Option("help", letter: "h", help: "Print this text")] }

    var help: String {
        let usage = [name, "[options]", operand].compactMap(\.self).joined(separator: " ")
        let text = details.isEmpty ? "" : "\(details)\n\n"
        return "\(name): \(summary)\n\nUsage: \(usage)\n\n\(text)Options:\n"
            + table(allOptions.map(\.row))
    }
}

/// Lines of two columns, the second of them aligned.
func table(_ rows: [(left: String, right: String)]) -> String {
    let width = rows.map(\.left.count).max() ?? 0
    return rows.map { left, right in
        "  \(left)\(String(repeating: " ", count: width - left.count))  \(right)\n"
    }.joined()
}
