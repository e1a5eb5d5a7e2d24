import Bench
import Platform
import Support

/// `weft bench report`.
let reportCommand = Subcommand(
    "weft bench report", summary: "Show the results of a run again",
    details: """
        Takes a file that --json of a suite has written, and prints its tables.
        """,
    operand: "FILE"
) { arguments in
    guard arguments.operands.count == 1 else { throw UsageError("name one file of results") }
    let results = try Results.read(arguments.operands[0])
    try StandardStream.output.write(TerminalTable.text(results.measurements, results.ratios))
    return .success
}
