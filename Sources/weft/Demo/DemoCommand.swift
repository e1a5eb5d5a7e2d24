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
    switch arguments.operands.first {
    case nil: return try demonstrate(arguments, in: directory)
    case "serve" where arguments.operands.count == 2:
        var server = try EchoServer(arguments.operands[1], on: 8080)
        try server.run()
        return .success
    case "down" where arguments.operands.count == 1:
        let isRemoved = try Cluster.tearDown(directory)
        try StandardStream.output.write(isRemoved ? "Removed.\n" : "There is none.\n")
        return .success
    default: throw UsageError("'\(arguments.operands.joined(separator: " "))' is none of the uses")
    }
}

private func demonstrate(_ arguments: Arguments, in directory: RunDirectory) throws -> ExitCode {
    let count = try arguments.number("nodes", in: ClusterPlan.nodeCounts)
    guard let mode = RouteMode(rawValue: arguments.text("mode") ?? "") else {
        throw UsageError("--mode must be auto, direct or vxlan")
    }
    let isDual: Bool
    switch arguments.text("dual-stack") {
    case "true": isDual = true
    case "false": isDual = false
    default: throw UsageError("--dual-stack must be true or false")
    }
    let plan = ClusterPlan(nodes: count, mode, families: isDual ? [.v4, .v6] : [.v4])
    let demonstration = Demonstration(
        plan, in: directory, keeps: arguments.has("keep"), try Interruption()
    ) {
        try StandardStream.output.write($0)
    }
    return try demonstration.run() ? .success : .failure
}
