import Platform
import Support

let command = Subcommand(
    "weft-bench-store", summary: "what objects and their changes cost in the store",
    options: [
        Option("objects", value: "N", standard: "10000", help: "How many services there are"),
        Option("consumers", value: "N", standard: "3", help: "How many are told of changes"),
        Option("changes", value: "N", standard: "20000", help: "How often one service changes"),
        Option("entries", value: "N", standard: "200000", help: "How large the tables are"),
    ]
) { arguments in
    let table = TableCost(count: try arguments.number("entries", in: 1...10_000_000))
    print(try table.ours())
    print(try table.dictionary())
    var changes = ChangeCost(
        objects: try arguments.number("objects", in: 1...1_000_000),
        consumers: try arguments.number("consumers", in: 1...1000))
    print(changes.run(times: try arguments.number("changes", in: 1...10_000_000)))
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
