import Bench
import Support

/// `weft bench`.
let benchCommands = Tool(
    "weft bench", summary: "Measure what packets, names and changes cost on this machine",
    details: """
        Each suite measures its subjects by turns, so that what drifts on the machine meets all of
        them alike, and tells the median of the rounds with an interval that holds the true one
        with a certainty of 95 %. Everything happens in network namespaces that are removed at the
        end, on Ctrl-C too.

        With --json the results are kept, to be compared later; with --html they become one page
        with plots, which needs nothing else.
        """,
    commands: [
        allCommand, pathCommand, syncCommand, benchDNSCommand, benchCNICommand, benchWatchCommand,
        benchMemoryCommand, benchServeCommand, compareCommand, reportCommand, checkCommand,
    ])
