import Demo
import Network
import Platform
import Support

/// `weft demo`.
let demoCommand = Subcommand(
    "weft demo", summary: "Make a cluster of network namespaces, and prove it with live traffic",
    details: """
        Without a word it builds a cluster on this machine: nodes, each a network namespace with an
        agent of its own, pods that weft-cni attaches, a DNS server behind 10.96.0.10, and a machine
        outside, in another network. Objects are files of manifests; there is no API server. Then it
        sends traffic of every kind through it and prints what came of it, a line for each thing that
        must hold. At the end, on Ctrl-C and after a failure it removes everything. If a line did not
        hold it prints what the nodes' kernels held.

          weft demo down             removes what was kept, or what one that was killed has left
          weft demo enter NAME [COMMAND ...]
                                     runs a command, or a shell, on a node (node-1), in a pod (client,
                                     web-1), or outside (outside) of a cluster that was kept
          weft demo serve NAME       is the server that runs in pods

        Nothing of the machine's own network changes. Root is needed; where ordinary users may have
        user namespaces, 'unshare -r weft demo' does, without --keep.

        With --mode auto and more than two nodes, the last node is in another network than the others,
        so that its pods are reached through VXLAN, and all others directly.

        Ends with status 0 if every line held, 1 if not, and 64 for a command line that is wrong.

        Examples:
          weft demo --nodes 5 --mode vxlan
          weft demo --keep
          weft demo enter client curl http://web
        """,
    options: [
        Option("nodes", value: "N", standard: "3", help: "How many nodes"),
        Option(
            "mode", value: "auto|direct|vxlan", standard: "auto",
            help: "How pods of other nodes are reached"),
        Option(
            "dual-stack", value: "true|false", standard: "true", implied: "true",
            help: "IPv4 and IPv6, or IPv4 alone"),
        Option("keep", help: "Leave the cluster as it is, to try things"),
        Option("markdown", help: "Print the table as Markdown as well"),
        Option(
            "directory", value: "DIR", standard: RunDirectory.standardPath,
            help: "Where namespaces, manifests and logs are kept"),
    ],
    operand: "[down|enter NAME|serve NAME]", choices: ["down", "enter"], entrances: ["enter": 2]
) { arguments in
    let directory = RunDirectory(arguments.text("directory") ?? RunDirectory.standardPath)
    let words = arguments.operands
    switch (words.first, words.count) {
    case (nil, _): return try demonstrate(arguments, in: directory)
    case ("down", 1):
        let isRemoved = try Cluster.tearDown(directory)
        try StandardStream.output.write(
            isRemoved ? "All of it is removed.\n" : "There is nothing to remove.\n")
    case ("enter", 2...):
        try Entrance.enter(words[1], Array(words.dropFirst(2)), in: directory)
    case ("serve", 2):
        var server = try EchoServer(words[1])
        try server.run()
    default:
        throw UsageError("'\(words.joined(separator: " "))' is not down, enter NAME or serve NAME")
    }
    return .success
}

private func demonstrate(_ arguments: Arguments, in directory: RunDirectory) throws -> ExitCode {
    let count = try arguments.number("nodes", in: ClusterPlan.nodeCounts)
    guard let mode = RouteMode(rawValue: arguments.text("mode") ?? "") else {
        throw UsageError("--mode must be auto, direct or vxlan")
    }
    guard let isDual = ["true": true, "false": false][arguments.text("dual-stack") ?? ""] else {
        throw UsageError("--dual-stack must be true or false")
    }
    let plan = ClusterPlan(nodes: count, mode, families: isDual ? [.v4, .v6] : [.v4])
    let demonstration = try Demonstration(plan, in: directory, keeps: arguments.has("keep")) {
        try StandardStream.output.write($0)
    }
    let lines = try demonstration.run()
    if arguments.has("markdown") { try StandardStream.output.write("\n" + lines.markdown) }
    return lines.allSatisfy(\.holds) ? .success : .failure
}
