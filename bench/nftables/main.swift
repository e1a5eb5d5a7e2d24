import Measure
import NFTables
import Platform
import Support

let command = Subcommand(
    "weft-bench-nftables", summary: "programming services, beside nft -f in the same run",
    options: [
        Option("services", value: "N", standard: "10000", help: "How many services"),
        Option("endpoints", value: "N", standard: "10", help: "How many endpoints each has"),
        Option("pairs", value: "N", standard: "5", help: "How often each of the two programs all"),
        Option("changes", value: "N", standard: "200", help: "How many single changes"),
        Option("apply", help: "Only program the ruleset into the current namespace"),
    ]
) { arguments in
    let ruleset = ServiceRuleset(
        services: try arguments.number("services", in: 1...100_000),
        endpointsPerService: try arguments.number("endpoints", in: 2...100))
    if arguments.has("apply") {
        var kernel = try KernelRuleset()
        try kernel.apply(ruleset.transaction)
        return .success
    }
    let report = try Report(
        ruleset, pairs: try arguments.number("pairs", in: 1...1000),
        changes: try arguments.number("changes", in: 1...100_000))
    print(report)
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
