import Demo
import Network
import Platform
import Support

/// `weft demo`.
let demoCommand = Subcommand(
    "weft demo", summary: "Make a cluster of network namespaces, and prove it with live traffic",
    options: [
        Option("nodes", value: "N", standard: "3", help: "How many nodes"),
        Option(
            "mode", value: "auto|direct|vxlan", standard: "auto",
            help: "How pods of other nodes are reached"),
        Option(
            "dual-stack", value: "true|false", standard: "true", implied: "true",
            help: "IPv4 and IPv6, or IPv4 alone"),
        Option("keep", help: "Leave the cluster as it is, to try things"),
        Option(
            "directory", value: "DIR", standard: RunDirectory.standardPath,
            help: "Where namespaces, manifests and logs are kept"),
    ],
    operand: "[down]"
) { arguments in
    let directory = RunDirectory(arguments.text("directory") ?? RunDirectory.standardPath)
    if arguments.operands.first == "serve", arguments.operands.count == 2 {
        var server = try EchoServer(arguments.operands[1], on: 8080)
        try server.run()
        return .success
    }
    if arguments.operands == ["down"] {
        let isRemoved = try Cluster.tearDown(directory)
        try StandardStream.output.write(isRemoved ? "Removed.\n" : "There is none.\n")
        return .success
    }
    let count = try arguments.number("nodes", in: ClusterPlan.nodeCounts)
    let plan = ClusterPlan(nodes: count, .direct, families: [.v4, .v6])
    let cluster = try Cluster(plan, in: directory)
    if arguments.has("keep") {
        cluster.leave()
        return .success
    }
    _ = consume cluster
    _ = try Cluster.tearDown(directory)
    return .success
}
