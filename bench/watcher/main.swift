import Bench
import Kubernetes
import Platform
import Support

let command = Subcommand(
    "weft-bench-watcher",
    summary: "what a cluster costs the process that watches it, beside reading its JSON in Python",
    options: [
        Option("services", value: "N", standard: "10000", help: "Services, and slices as well"),
        Option("endpoints", value: "N", standard: "10", help: "Endpoints of each"),
        Option("nodes", value: "N", standard: "0", help: "Node objects, with pods' networks"),
        Option("changes", value: "N", standard: "2000", help: "Slices changed afterwards"),
        Option("rate", value: "N", standard: "1000", help: "Changes a second"),
        Option(
            "program", value: "PATH", standard: ".build/stage/weft-measured-source",
            help: "What holds the cluster"),
        Option(
            "serve", value: "DIR",
            help: "Only serve the cluster, with a kubeconfig in that directory"),
        Option("mixed", help: "Serve every kind of service that has names, in both families"),
    ]
) { arguments in
    let services = try arguments.number("services", in: 1...100_000)
    let endpoints = try arguments.number("endpoints", in: 0...100)
    let cluster = PlainCluster(
        services: services, endpoints: endpoints,
        nodes: try arguments.number("nodes", in: 0...10_000))
    let isMixed = arguments.has("mixed")
    let run = Run(
        cluster: isMixed
            ? MixedCluster(services: services, endpoints: endpoints) : cluster,
        changes: try arguments.number("changes", in: 0...1_000_000),
        rate: try arguments.number("rate", in: 1...100_000),
        program: arguments.text("program") ?? "")
    if let directory = arguments.text("serve") { try run.serve(in: directory) }
    for format in ObjectFormat.allCases { try run.measure(format) }
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
