import Bench
import Platform
import Support

/// `weft bench cni`.
let benchCNICommand = Subcommand(
    "weft bench cni", summary: "Measure pods that are added and deleted, beside other plugins",
    details: """
        Calls plugins as runtimes do, on nodes and for pods that are network namespaces, and measures
        whole processes, from the request to run one to its end:
          add, check, del   by what is done for a pod: chain=bridge, with a host port and masquerading
                            (ports), with limits of bandwidth too (full), a link of its own without
                            a bridge (routed, or dual for both address families), addresses alone
          version, status   what runtimes ask without a pod
          rules, processes  rules of nftables on the node, and processes that a pod's ADD and DEL start

        The same beside containernetworking-plugins, of which a chain of three is the sum of their
        times; chain=veth is the kernel's own part, without any plugin. leases= and pods= show what
        addresses that are taken already and pods that are there cost, at-once= what it is when a
        node starts.

        Network namespaces, and so root, are needed; nothing of the machine's own network changes.
        Leases are kept in a directory of its own in --state, on the disk where nodes have theirs.

        Examples:
          weft bench cni
          weft bench cni --short --json pods.json
          weft bench cni --plugins /opt/cni/bin --reference /usr/lib/cni
        """,
    options: [
        Option("pods", value: "N", standard: "10", help: "Pods that are added in each round"),
        Option("many", value: "N", standard: "1000", help: "To how many pods a node grows"),
        Option(
            "leases", value: "N", standard: "10000", help: "How many addresses are taken at most"),
        Option("callers", value: "N", standard: "16", help: "How many pods are added at once"),
        Option(
            "short", help: "Only what fits into a minute: less of everything that is not asked for"),
        Option("plugins", value: "DIR", help: "Where weft-cni is; beside this program without"),
        Option(
            "reference", value: "DIR", standard: PodSettings.standardReference,
            help: "Where the other plugins are"),
        Option(
            "state", value: "DIR", standard: "/var/lib", help: "Where leases are kept meanwhile"),
    ] + BenchSession.options
) { arguments in
    let beside = try Program.currentFile.split(separator: "/").dropLast().joined(separator: "/")
    let plugins = arguments.text("plugins") ?? "/\(beside)"
    var settings = PodSettings(
        plugin: "\(plugins)/weft-cni", reference: arguments.text("reference") ?? "")
    if arguments.has("short") { settings.shorten() }
    try settings.size(arguments)
    settings.state = arguments.text("state") ?? settings.state
    settings.rounds = try BenchSession.rounds(arguments, else: settings.rounds)
    return try BenchSession(arguments).run(PodSuite(settings))
}

extension PodSettings {
    fileprivate mutating func size(_ arguments: Arguments) throws(UsageError) {
        pods = try arguments.number("pods", in: 1...1000, else: pods)
        grow(
            toPods: try arguments.number(
                "many", in: 1...Self.mostPods, else: residents.last ?? Self.mostPods),
            leases: try arguments.number(
                "leases", in: 1...Self.mostLeases, else: leases.last ?? Self.mostLeases))
        callers = try arguments.number("callers", in: 1...256, else: callers)
    }
}
