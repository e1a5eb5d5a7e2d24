package import Platform

/// A program of several commands.
package struct Tool: Sendable {
    private let name: String
    private let summary: String
    private let commands: [Subcommand]

    package init(_ name: String, summary: String, commands: [Subcommand]) {
        self.name = name
        self.summary = summary
        self.commands = commands
    }

    /// What a command line asks the program for.
    enum Request {
        case help
        case run(Subcommand, [String])
    }
}

extension Tool {
    /// Carries out the command that the first word names.
    package func run(_ words: [String]) -> ExitCode {
        do throws(UsageError) {
            switch try request(words) {
            case .help: return Output.print(help)
            case .run(let command, let rest): return command.run(rest)
            }
        } catch {
            return Output.refuse("\(name): \(error.message)\n\n\(help)", .usage)
        }
    }

    func request(_ words: [String]) throws(UsageError) -> Request {
        guard let first = words.first else { throw UsageError("a command is missing") }
        let rest = Array(words.dropFirst())
        switch first {
        case "--version": return try request(["version"] + rest)
        case "-h", "--help": return .help
        case "help":
            guard let topic = rest.first else { return .help }
            return .run(try command(topic), ["--help"])
        default: return .run(try command(first), rest)
        }
    }

    private func command(_ wanted: String) throws(UsageError) -> Subcommand {
        let known = commands.map { word(of: $0) }
        guard let index = known.firstIndex(of: wanted) else {
            throw .unknown("command", wanted, among: known + ["help"])
        }
        return commands[index]
    }

    /// A command's name without the program's.
    private func word(of command: Subcommand) -> String {
        String(command.name.dropFirst(name.count + 1))
    }

    var help: String {
        let rows =
            commands.map { (left: word(of: $0), right: $0.summary) } + [
                (left: "help", right: "Print this text, or the options of a command")
            ]
        return """
            \(name): \(summary)

            Usage: \(name) COMMAND [options]

            Commands:
            \(table(rows))
            """
    }
}
