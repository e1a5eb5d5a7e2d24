import Platform
import Testing

@testable import Support

@Suite struct `Completion of command lines` {
    private static let get = Subcommand(
        "demo get", summary: "Get it",
        options: [
            Option("output", letter: "o", value: "json|yaml", help: "How"),
            Option("config", value: "FILE", takesOneDash: true, help: "Whose"),
            Option("directory", letter: "d", value: "DIR", help: "Where"),
            Option("count", value: "N", help: "How many"),
            Option("sure", value: "true|false", implied: "true", help: "Whether"),
            Option("part", letter: "p", value: "PART", isList: true, help: "Which"),
        ], operand: "KIND [NAME...]", choices: ["pods", "nodes"]
    ) { _ in .success }
    private static let open = Subcommand(
        "demo open", summary: "Open it", operand: "read|write FILE"
    ) { _ in .success }
    private static let list = Subcommand("demo file list", summary: "List it") { _ in .success }
    private static let rights = Subcommand(
        "demo rights", summary: "Say it", operand: "[PART...]", choices: ["proxy", "dns"]
    ) { _ in .success }
    private static let version = Subcommand("demo version", summary: "Who it is") { _ in .success }
    private static let program = Tool(
        "demo", summary: "a test", commands: [get, open, rights, version],
        groups: [Tool("demo file", summary: "Files", commands: [list])])

    private func words(_ line: [String]) -> [String] {
        Self.program.candidates(line).words.map(\.text)
    }

    @Test(
        arguments: [
            ([""], ["get", "open", "rights", "version", "file", "help", "--help", "--version"]),
            (["o"], ["open"]),
            (["x"], []),
            (["help", ""], ["get", "open", "rights", "version", "file"]),
            (["help", "file", "l"], ["list"]),
            (["file", ""], ["list", "help", "--help"]),
            (["nothing", ""], []),
            ([], []),
        ] as [([String], [String])])
    func `a first word becomes a command, a group or help`(line: [String], expected: [String]) {
        #expect(words(line) == expected)
    }

    @Test(
        arguments: [
            (["get", ""], ["pods", "nodes"]),
            (["get", "n"], ["nodes"]),
            (["get", "pods", ""], []),
            (["get", "-o", "json", ""], ["pods", "nodes"]),
            (["get", "-ojson", "--config=x", "n"], ["nodes"]),
            (["get", "--sure", ""], ["pods", "nodes"]),
            (["get", "--unknown", "-x", ""], ["pods", "nodes"]),
            (["get", "--", "-"], []),
            (["get", "--", "p"], ["pods"]),
            (["get", "--", "--", ""], []),
            (["rights", "dns", "proxy", ""], ["proxy", "dns"]),
            (["open", ""], ["read", "write"]),
            // Without operands, options are all that is left.
            (["file", "list", ""], ["--help"]),
        ] as [([String], [String])])
    func `an operand is one that is known in its place`(line: [String], expected: [String]) {
        #expect(words(line) == expected)
    }

    @Test(
        arguments: [
            (["get", "--c"], ["--config", "--count"]),
            (["get", "-c"], ["-config"]),
            (["get", "-o"], ["-o"]),
            (["get", "--count", "2", "--c"], ["--config"]),
            (["get", "--part", "a", "--p"], ["--part"]),
            (["get", "-h", "--he"], []),
            (["version", "-"], ["-h", "--help"]),
        ] as [([String], [String])])
    func `an option is one that may be there yet`(line: [String], expected: [String]) {
        #expect(words(line) == expected)
    }

    @Test(
        arguments: [
            (["get", "-o", ""], ["json", "yaml"]),
            (["get", "--output", "y"], ["yaml"]),
            (["get", "--output="], ["--output=json", "--output=yaml"]),
            (["get", "-o=j"], ["-o=json"]),
            (["get", "-oy"], ["-oyaml"]),
            (["get", "--sure="], ["--sure=true", "--sure=false"]),
            (["get", "--count", ""], []),
            (["get", "--count", "-"], []),
        ] as [([String], [String])])
    func `a value is one of those in the help`(line: [String], expected: [String]) {
        #expect(words(line) == expected)
    }

    @Test(
        arguments: [
            (["get", "--config", "x"], .all), (["get", "-config=x"], .all),
            (["get", "-d", ""], .directories), (["get", "--directory=/"], .directories),
            (["open", "read", ""], .all), (["open", ""], nil), (["open", "read", "x", ""], nil),
            // The shell would look for a file "-dx".
            (["get", "-dx"], nil),
        ] as [([String], Candidates.Files?)])
    func `names of files are for the shell to find`(line: [String], expected: Candidates.Files?) {
        #expect(Self.program.candidates(line).files == expected)
    }

    @Test func `a shell reads a line for each, and which files`() {
        #expect(Self.program.candidates(["get", "--count"]).text == "--count\tHow many\n")
        #expect(Self.program.candidates(["get", "--config", ""]).text == "\tfile\n")
        #expect(Self.program.candidates(["get", "-d", ""]).text == "\tdirectory\n")
    }

    @Test(arguments: Shell.allCases)
    private func `the script of a shell is about the program`(shell: Shell) {
        let script = shell.script(for: "demo")
        #expect(script.contains("completion --words -- "))
        #expect(script.contains("demo") && !script.contains("PROGRAM"))
    }

    @Test func `a documented program tells of itself as well`() {
        let words = Self.program.documented.candidates(["completion", ""]).words.map(\.text)
        #expect(words == ["bash", "zsh", "fish"])
        let topics = Self.program.documented.candidates(["man", ""]).words.map(\.text)
        #expect(topics == ["get", "open", "rights", "version", "file", "completion", "man"])
    }
}
