import Bench
import Support

/// `weft bench memory`.
let benchMemoryCommand = Subcommand(
    "weft bench memory", summary: "Measure what daemons hold and use while nothing happens",
    details: """
        Starts weft proxy, weft dns and weft agent, each in a network namespace of its own beside a
        server of generated services, waits until it is ready and quiet, and measures:
          rss         what it holds in memory then, with pages of programs and libraries
          anonymous   what of that is its own
          peak        the most it has held, which is while it starts
          idle        how much of a processor it takes at rest
          ready       from its start until it has done its work once

        Each round starts it anew. Programs that do the same take turns: with --peer the real
        kube-proxy, in both of its modes, and the real CoreDNS, against the same server. One that
        fails is a note, and an error when all others are measured.

        Namespaces, and so root, are needed; nothing of the machine's own network changes.

        Examples:
          weft bench memory
          weft bench memory --services 1,10000 --peer kube-proxy=/usr/local/bin/kube-proxy
          weft bench memory --only dns --peer coredns=/usr/local/bin/coredns --rounds 5
        """,
    options: [
        Option(
            "services", value: "N,...", standard: "1,100,1000,10000",
            help: "The sizes of clusters, one after the other"),
        Option("endpoints", value: "N", standard: "10", help: "Endpoints of each service"),
        Option(
            "nodes", value: "N", standard: "100", help: "Nodes, to whose pods an agent has routes"),
        Option(
            "family", value: "v4|v6|dual", standard: "v4", help: "The families of all addresses"),
        Option("idle", value: "SECONDS", standard: "10", help: "How long each is watched at rest"),
        Option(
            "only", value: "proxy|dns|agent", isList: true, help: "Measure no others; all without"),
        peerOption(MemorySuite.peers),
    ] + BenchSession.options
) { arguments in
    var settings = MemorySuite.Settings()
    settings.services = try arguments.sizes
    settings.endpoints = try arguments.number("endpoints", in: 1...1000)
    settings.nodes = try arguments.number("nodes", in: 1...10_000)
    settings.families = try arguments.benchFamilies
    settings.idle = .seconds(try arguments.number("idle", in: 1...3600))
    settings.rounds = try BenchSession.rounds(arguments)
    settings.peers = try arguments.peers(MemorySuite.peers)
    if let only = arguments.text("only") { settings.workloads = try MemorySuite.workloads(only) }
    return try BenchSession(arguments).run(MemorySuite(settings))
}

extension Arguments {
    fileprivate var sizes: [Int] {
        get throws(UsageError) {
            try (text("services") ?? "").split(separator: ",").map { word throws(UsageError) in
                guard let size = Int(word), (1...100_000).contains(size) else {
                    throw UsageError("--services takes numbers up to 100000, not '\(word)'")
                }
                return size
            }
        }
    }
}

extension MemorySuite {
    fileprivate static func workloads(_ text: String) throws(UsageError) -> [String] {
        try text.split(separator: ",").map { word throws(UsageError) in
            guard workloads.contains(String(word)) else {
                throw UsageError("--only must be of \(workloads.joined(separator: ", "))")
            }
            return String(word)
        }
    }
}
