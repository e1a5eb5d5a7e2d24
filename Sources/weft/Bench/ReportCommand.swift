import Bench
import Platform
import Support

/// `weft bench report`.
let reportCommand = Subcommand(
    "weft bench report", summary: "Show the results of a run again",
    details: """
        Takes a file that --json of a suite has written, and prints its tables and notes or, with
        --html, writes the page with plots.
        """,
    options: [Option("html", value: "FILE", help: "Write the results as one page with plots")],
    operand: "FILE"
) { arguments in
    guard arguments.operands.count == 1 else { throw UsageError("name one file of results") }
    let results = try Results.read(arguments.operands[0])
    if let path = arguments.text("html") {
        try ResultsPage(results).write(to: path)
    } else {
        try StandardStream.output.write(TerminalTable.text(results))
    }
    return .success
}
