import Platform
import Support

let command = Subcommand(
    "weft-bench-model", summary: "what it costs to read what services mean on a node",
    options: [
        Option("services", value: "N", standard: "10000", help: "How many services there are"),
        Option("endpoints", value: "N", standard: "10", help: "How many endpoints each has"),
        Option("ports", value: "N", standard: "1", help: "How many ports each has"),
        Option("nodes", value: "N", standard: "100", help: "On how many nodes endpoints are"),
        Option("times", value: "N", standard: "20", help: "How often all are read"),
    ]
) { arguments in
    let cost = try ReadingCost(
        services: arguments.number("services", in: 1...1_000_000),
        endpoints: arguments.number("endpoints", in: 1...1000),
        ports: arguments.number("ports", in: 1...1000),
        nodes: arguments.number("nodes", in: 1...10_000))
    print(cost.run(times: try arguments.number("times", in: 1...10_000)))
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
