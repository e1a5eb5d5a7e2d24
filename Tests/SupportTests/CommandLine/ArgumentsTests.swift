import Platform
import Testing

@testable import Support

@Suite("Command-line arguments")
struct ArgumentsTests {
    private static let options = [
        Option("pairs", value: "N", standard: "300", help: "How often"),
        Option("name", value: "NAME", help: "Whose"),
        Option("quiet", letter: "q", help: "Say less"),
        Option("output", letter: "o", value: "FORMAT", help: "How"),
        Option("sure", letter: "s", value: "true|false", implied: "true", help: "Whether"),
        Option("part", value: "PART,...", isList: true, help: "Which"),
        Option("conf", value: "FILE", takesOneDash: true, help: "What"),
        Option("qed", takesOneDash: true, help: "Whether"),
    ]

    private func parse(_ words: String...) throws(UsageError) -> Arguments {
        try Arguments(words, options: Self.options)
    }

    @Test("values follow their flag or are attached to it")
    func values() throws {
        let arguments = try parse("--pairs", "5", "one", "--name=a=b", "two", "--quiet")
        #expect(try arguments.number("pairs", in: 1...10) == 5)
        #expect(arguments.text("name") == "a=b")
        #expect(arguments.has("quiet"))
        #expect(arguments.operands == ["one", "two"])
    }

    @Test func `one dash is enough for the whole name of some options`() throws {
        let arguments = try parse("-conf", "a", "-qed", "--pairs=5")
        #expect(arguments.text("conf") == "a" && arguments.has("qed"))
        #expect(!arguments.has("quiet"))
        #expect(try parse("-conf=a=b").text("conf") == "a=b")
        #expect(try parse("--conf", "a").text("conf") == "a")
        #expect(throws: UsageError.self) { try parse("-conf") }
        // Others are letters, as ever.
        #expect(throws: UsageError.self) { try parse("-name", "a") }
        #expect(try parse("-oconf").text("output") == "conf")
    }

    @Test("an option that is not given has its standard value, or none")
    func standards() throws {
        let arguments = try parse()
        #expect(try arguments.number("pairs", in: 1...1000) == 300)
        #expect(arguments.text("name") == nil)
        #expect(!arguments.has("quiet"))
    }

    @Test func `another standard value holds only for what is not given`() throws {
        let (bare, given) = (try parse("-q"), try parse("--pairs", "300"))
        #expect(try bare.number("pairs", in: 1...1000, else: 7) == 7)
        #expect(try given.number("pairs", in: 1...1000, else: 7) == 300)
        #expect(bare.isGiven("quiet") && !bare.isGiven("pairs") && given.isGiven("pairs"))
        #expect(throws: UsageError.self) { try given.number("pairs", in: 1...10, else: 7) }
    }

    @Test("the last of two counts, an attached value may be empty, -- ends the options")
    func corners() throws {
        #expect(try parse("--name", "a", "--name=b").text("name") == "b")
        #expect(try parse("--name=").text("name") == "")
        #expect(try parse("--", "--name", "--").operands == ["--name", "--"])
        #expect(try parse("-", "x").operands == ["-", "x"])
    }

    @Test func `behind an entrance stands another program's command line`() throws {
        let words = ["-q", "enter", "--name", "a", "pod", "curl", "-z", "--name", "b", "--"]
        let arguments = try Arguments(words, options: Self.options, entrances: ["enter": 2])
        #expect(arguments.text("name") == "a")
        #expect(arguments.operands == ["enter", "pod", "curl", "-z", "--name", "b", "--"])
        #expect(throws: UsageError.self) {
            try Arguments(["pod", "curl", "-z"], options: Self.options, entrances: ["enter": 2])
        }
    }

    @Test func `help that another program is asked for is that one's`() {
        let command = Subcommand(
            "t", summary: "", operand: "WORD", entrances: ["enter": 2]
        ) { arguments in arguments.operands.count == 4 ? .success : .failure }
        #expect(command.run(["enter", "pod", "curl", "--help"]) == .success)
    }

    @Test(
        "an option's letter means the same as its name",
        arguments: [
            ["-o", "json"], ["-ojson"], ["-o=json"], ["-o", "yaml", "--output", "json"],
            ["--output=yaml", "-ojson"],
        ])
    func letters(words: [String]) throws {
        let arguments = try Arguments(words + ["-q", "one"], options: Self.options)
        #expect(arguments.text("output") == "json")
        #expect(arguments.has("quiet") && arguments.operands == ["one"])
        #expect(try parse("-o=").text("output") == "")
        #expect(try parse("-o", "-q").text("output") == "-q")
        #expect(try parse("--", "-q").operands == ["-q"])
    }

    @Test("a flag with an implied value takes another only where it is attached")
    func implied() throws {
        let alone = try parse("--sure", "false")
        #expect(alone.text("sure") == "true" && alone.operands == ["false"])
        #expect(try parse("--sure=false").text("sure") == "false")
        #expect(try parse("-s", "-q").text("sure") == "true")
        #expect(try parse("-s=false").text("sure") == "false")
    }

    @Test("the values of a list add up")
    func lists() throws {
        #expect(try parse("--part", "a,b", "--part=c").text("part") == "a,b,c")
        #expect(try parse().text("part") == nil)
    }

    @Test(
        "errors say what would be right",
        arguments: [
            (["--pair", "5"], "unknown option '--pair': did you mean '--pairs'?"),
            (["--nmae=x"], "unknown option '--nmae': did you mean '--name'?"),
            (["--elephant"], "unknown option '--elephant'"),
            (["--name"], "--name needs a value: --name NAME"),
            (["--quiet=yes"], "--quiet takes no value"),
            (["-o"], "-o needs a value: -o FORMAT"),
            (["-qq"], "-q takes no value"),
            (["-x"], "unknown option '-x'"),
            (["-p", "1"], "unknown option '-p'"),
        ])
    func errors(words: [String], message: String) {
        #expect(throws: UsageError(message)) { try Arguments(words, options: Self.options) }
    }

    @Test(
        "numbers are whole and in range",
        arguments: ["", "x", "1.5", "0", "11", "99999999999999999999"])
    func numbers(text: String) throws {
        let arguments = try parse("--pairs", text)
        #expect(
            throws: UsageError("--pairs must be a whole number from 1 to 10, not '\(text)'")
        ) { try arguments.number("pairs", in: 1...10) }
    }

    @Test("decimals are above zero", arguments: ["", "x", "0", "-1", "nan", "inf", "1e999"])
    func decimals(text: String) throws {
        #expect(try parse("--name", "3.2").decimal("name") == 3.2)
        #expect(try parse().decimal("name") == nil)
        let arguments = try parse("--name=\(text)")
        #expect(throws: UsageError("--name must be a number above zero, not '\(text)'")) {
            try arguments.decimal("name")
        }
    }
}
