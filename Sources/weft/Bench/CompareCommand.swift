import Bench
import JSON
import Platform
import Support

/// `weft bench compare`.
let compareCommand = Subcommand(
    "weft bench compare", summary: "Say what changed between two runs, and what is noise",
    details: """
        Takes two files that --json of a suite has written. Each figure and each ratio that is in
        both gets a line with a word:
          noise    the intervals overlap: nothing but chance need be behind the difference
          better   it changed, and for the better
          worse    it changed for the worse
          unsure   the intervals lie apart, but of so few rounds that it may be chance

        Ratios are of the same run, and so compare across machines and days; figures do not, if
        the facts about the machines differ, which is told.

        Ends with status 0; with --fail, with 1 if something became worse.
        """,
    options: [
        Option(
            "output", letter: "o", value: "text|json", standard: "text", help: "How to print"),
        Option("changes", help: "Leave out what is noise"),
        Option("fail", help: "End with status 1 if something became worse"),
    ],
    operand: "FILE FILE"
) { arguments in
    guard arguments.operands.count == 2 else {
        throw UsageError("name two files of results, the earlier one first")
    }
    let results = try arguments.operands.map(Results.read)
    let comparison = Comparison(of: results[0], and: results[1])
    switch arguments.text("output") {
    case "json": try StandardStream.output.write(comparison.json.indentedText + "\n")
    case "text":
        try StandardStream.output.write(comparison.text(onlyChanges: arguments.has("changes")))
    default: throw UsageError("--output must be text or json")
    }
    return arguments.has("fail") && comparison.becameWorse ? .failure : .success
}
