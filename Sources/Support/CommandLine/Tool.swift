package import Platform

/// A program of several commands.
package struct Tool: Sendable {
    let name: String
    let summary: String
    let details: String
    var commands: [Subcommand]
    let groups: [Tool]

    /// Declares a program or, named by all words before its commands', a group of its commands.
    package init(
        _ name: String, summary: String, details: String = "", commands: [Subcommand],
        groups: [Tool] = []
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.commands = commands
        self.groups = groups
    }

    /// What a command line asks the program for.
    enum Request {
        case help
        case run(Subcommand, [String])
        case group(Tool, [String])
    }
}

extension Tool {
    /// Carries out the command that the first word names.
    package func run(_ words: [String]) -> ExitCode {
        do throws(UsageError) {
            switch try request(words) {
            case .help: return Output.print(help)
            case .run(let command, let rest): return command.run(rest)
            case .group(let group, let rest): return group.run(rest)
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
            if let group = group(topic) { return .group(group, ["help"] + rest.dropFirst()) }
            return .run(try command(topic), ["--help"])
        default:
            if let group = group(first) { return .group(group, rest) }
            return .run(try command(first), rest)
        }
    }

    func group(_ wanted: String) -> Tool? {
        groups.first { word(of: $0.name) == wanted }
    }

    func command(_ wanted: String) throws(UsageError) -> Subcommand {
        let known = commands.map { word(of: $0.name) }
        guard let index = known.firstIndex(of: wanted) else {
            let groups = groups.map { word(of: $0.name) }
            throw .unknown("command", wanted, among: known + groups + ["help"])
        }
        return commands[index]
    }

    /// A command's name without the program's.
    func word(of commandName: String) -> String {
        String(commandName.dropFirst(name.count + 1))
    }

    /// Its commands and groups, as its help lists them.
    var topicRows: [(left: String, right: String)] {
        commands.map { (left: word(of: $0.name), right: $0.summary) }
            + groups.map { (left: word(of: $0.name), right: $0.summary) }
    }

    static let helpRow = (left: "help", right: "Print this text, or the options of a command")

    var help: String {
        """
        \(name): \(summary)

        Usage: \(name) COMMAND [options]

        \(details.isEmpty ? "" : details + "\n\n")Commands:
        \(table(topicRows + [Self.helpRow]))
        """
    }
}
