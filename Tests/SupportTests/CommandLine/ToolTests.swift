import Platform
import Testing

@testable import Support

@Suite("A tool and its subcommands")
struct ToolTests {
    private static let show = Subcommand(
        "demo show", summary: "Show a thing",
        options: [
            Option("count", value: "N", standard: "1", help: "How many"),
            Option("all", letter: "a", help: "Everything"),
        ]
    ) { _ in .success }
    private static let open = Subcommand("demo open", summary: "Open it", operand: "FILE") { _ in
        .success
    }
    private static let program = Tool("demo", summary: "a test", commands: [show, open])

    /// The command and the words that a request comes to; "help" for the program's own help.
    private func meaning(_ words: String...) throws -> [String] {
        try Self.meaning(of: words, to: Self.program)
    }

    private static func meaning(of words: [String], to program: Tool) throws -> [String] {
        switch try program.request(words) {
        case .help: ["help"]
        case .run(let command, let rest): [command.name] + rest
        case .group(let group, let rest): ["group"] + (try meaning(of: rest, to: group))
        }
    }

    @Test("the first word names the command, help can stand before or after it")
    func requests() throws {
        #expect(try meaning("show", "--all") == ["demo show", "--all"])
        #expect(try meaning("show", "--help") == ["demo show", "--help"])
        #expect(try meaning("help", "show") == ["demo show", "--help"])
        #expect(try meaning("help") == ["help"])
        #expect(try meaning("--help") == ["help"])
        #expect(try meaning("-h", "show") == ["help"])
    }

    @Test(
        "what is no command is refused, with the nearest one",
        arguments: [
            ([], "a command is missing"),
            (["shwo"], "unknown command 'shwo': did you mean 'show'?"),
            (["hepl"], "unknown command 'hepl': did you mean 'help'?"),
            (["help", "opne"], "unknown command 'opne': did you mean 'open'?"),
            (["xyz"], "unknown command 'xyz'"),
            (["--version"], "unknown command 'version'"),
            (["demo"], "unknown command 'demo'"),
        ] as [([String], String)])
    func refused(words: [String], message: String) {
        #expect(throws: UsageError(message)) { try Self.program.request(words) }
    }

    @Test("a command without operands takes none")
    func operands() throws {
        #expect(throws: UsageError("'x' is one word too many")) {
            try Self.show.arguments(["--all", "x"])
        }
        #expect(try Self.open.arguments(["x", "y"]).operands == ["x", "y"])
    }

    @Test("a group is a program of its own, with the nearest word among all")
    func group() throws {
        let file = Tool(
            "demo file", summary: "Files", details: "What files are.",
            commands: [
                Subcommand("demo file list", summary: "List", details: "More.") { _ in .success }
            ])
        let program = Tool("demo", summary: "a test", commands: [Self.show], groups: [file])
        let meaning = { (words: [String]) in try Self.meaning(of: words, to: program) }
        #expect(try meaning(["file", "list", "--x"]) == ["group", "demo file list", "--x"])
        #expect(try meaning(["file", "--help"]) == ["group", "help"])
        #expect(try meaning(["help", "file"]) == ["group", "help"])
        #expect(try meaning(["help", "file", "list"]) == ["group", "demo file list", "--help"])
        #expect(throws: UsageError("unknown command 'flie': did you mean 'file'?")) {
            try meaning(["flie"])
        }
        #expect(program.help.contains("  show  Show a thing\n  file  Files\n  help  "))
        #expect(file.help.contains("[options]\n\nWhat files are.\n\nCommands:\n  list  List\n"))
    }

    @Test("the help of a command lists its options in columns")
    func commandHelp() {
        #expect(
            Self.show.help == """
                demo show: Show a thing

                Usage: demo show [options]

                Options:
                  --count N   How many (default: 1)
                  -a, --all   Everything
                  -h, --help  Print this text

                """)
        #expect(Self.open.help.contains("Usage: demo open [options] FILE\n"))
    }

    @Test("the help of a program lists its commands")
    func programHelp() {
        #expect(
            Self.program.help == """
                demo: a test

                Usage: demo COMMAND [options]

                Commands:
                  show  Show a thing
                  open  Open it
                  help  Print this text, or the options of a command

                """)
    }
}
