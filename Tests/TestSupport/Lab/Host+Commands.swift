import Platform

extension Host {
    /// Runs a program inside the host; one that fails is an error with its own words.
    @discardableResult
    package func command(_ program: String, _ arguments: [String], input: String = "") throws
        -> String
    {
        let command = Program(
            program, arguments, environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
            input: [UInt8](input.utf8), limit: .seconds(60))
        let outcome = try namespace.run { () throws(PlatformError) in try command.run() }
        guard outcome.status.isSuccess else {
            let words = String(decoding: outcome.errors + outcome.output, as: UTF8.self)
            throw LabError("\(command) on \(name): \(outcome.status): \(words)")
        }
        return String(decoding: outcome.output, as: UTF8.self)
    }

    /// Runs `ip` with words separated by spaces.
    @discardableResult
    package func ip(_ words: String) throws -> String {
        try command("ip", words.split(separator: " ").map(String.init))
    }

    /// Runs many lines of `ip` in one process; the first that fails ends it.
    package func ip(batch lines: [String]) throws {
        try command("ip", ["-batch", "-"], input: lines.joined(separator: "\n"))
    }

    /// Loads a ruleset, or runs nft's commands.
    @discardableResult
    package func nft(_ ruleset: String) throws -> String {
        try command("nft", ["-f", "-"], input: ruleset)
    }

    /// What the kernel holds for this host, for a person who wonders why a test failed.
    package var state: String {
        let questions = [
            ("ip", ["-details", "-statistics", "addr"]), ("nstat", ["-as"]),
            ("ip", ["route", "show", "table", "all"]),
            ("ip", ["-6", "route", "show", "table", "all"]), ("ip", ["neigh"]),
            ("nft", ["list", "ruleset"]),
        ]
        let answers = questions.map { program, arguments in
            let title = "# \(name): \(program) \(arguments.joined(separator: " "))"
            do { return "\(title)\n\(try command(program, arguments))" } catch {
                return "\(title)\n\(error)"
            }
        }
        return answers.joined(separator: "\n")
    }
}
