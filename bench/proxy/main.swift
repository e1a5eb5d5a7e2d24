import Kubernetes
import Measure
import Platform
import Support

let command = Subcommand(
    "weft-bench-proxy", summary: "the proxy's work on a store, beside kube-proxy's rules in nft",
    options: [
        Option("services", value: "N", standard: "10000", help: "How many services"),
        Option("endpoints", value: "N", standard: "10", help: "How many endpoints each has"),
        Option("pairs", value: "N", standard: "3", help: "How often each programs all services"),
        Option("changes", value: "N", standard: "200", help: "How many changes of each kind"),
        Option("few", value: "N", standard: "100", help: "The services of the small cluster"),
        Option("alone", help: "Leave nft out"),
    ]
) { arguments in
    let number = { (name: String, range: ClosedRange<Int>) throws(UsageError) in
        try arguments.number(name, in: range)
    }
    let endpoints = try number("endpoints", 1...1000)
    let cluster = Cluster(services: try number("services", 1...200_000), endpoints: endpoints)
    let small = Cluster(services: try number("few", 1...100_000), endpoints: endpoints)
    let pairs = try number("pairs", 1...100)
    try Programming(cluster).measure(pairs: pairs, isAlone: arguments.has("alone"))
    let changes = try number("changes", 1...100_000)
    try Comparison(cluster, small).measure(changes)
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
