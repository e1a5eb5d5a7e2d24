import Bench
import Platform
import Support

/// `weft bench check`.
let checkCommand = Subcommand(
    "weft bench check", summary: "Check the results of a run against thresholds",
    details: """
        Takes a file that --json of a suite has written, and files of thresholds: limits of ratios
        and counts, never of times. Each thing that a threshold applies to gets a line:
          holds      the value keeps to the limit
          doubtful   the value is beyond it, but the interval is not: this may be chance
          exceeded   the whole interval is beyond it
          unmatched  the results have nothing that the threshold applies to
          skipped    the same, of an optional threshold whose baseline was not measured at all

        Ends with status 1 if one is exceeded or unmatched, and else with 0.
        """,
    options: [
        Option(
            "thresholds", value: "DIR", standard: "bench/thresholds",
            help: "Where files of thresholds are, ending in .json"),
        Option("only", value: "SUITE,...", isList: true, help: "Only thresholds of these suites"),
    ],
    operand: "FILE"
) { arguments in
    guard arguments.operands.count == 1 else { throw UsageError("name one file of results") }
    let results = try Results.read(arguments.operands[0])
    var thresholds = try Threshold.files(in: arguments.text("thresholds") ?? "")
    if let only = arguments.text("only") {
        let suites = only.split(separator: ",").map(String.init)
        thresholds = thresholds.filter { suites.contains($0.suite) }
    }
    let check = try ThresholdCheck(of: results, by: thresholds)
    try StandardStream.output.write(check.text)
    return check.holds ? .success : .failure
}
