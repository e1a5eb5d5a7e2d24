import Bench
import Network
import Platform
import Support

/// `weft bench path`.
let pathCommand = Subcommand(
    "weft bench path", summary: "Measure what it costs to reach a service",
    details: """
        Builds a client, nodes and servers of network namespaces, has the services programmed by
        Weft and by peers, each on nodes of its own, and sends the same traffic through all of them by
        turns. Without options that choose, it measures what most want to know, in a few minutes:
        a service's own address beside the direct way and beside kube-proxy's rules, with 1 and with
        10,000 services; node ports, load balancers and affinity; IPv6; and servers of another node,
        routed directly and through VXLAN. With any of these options it measures each of the chosen
        with each other:

          programs   none (a node that only routes), weft, and kube-proxy's rules, loaded by nft
                     (kube-proxy-nft), iptables-nft (kube-proxy-iptables) or iptables-legacy
                     (kube-proxy-iptables-legacy); with --peer, the real kube-proxy in its two modes
                     (kube-proxy:nftables, kube-proxy:iptables)
          kinds      direct (always measured), cluster-ip, node-port and load-balancer (from a machine
                     outside), affinity, headless
          workloads  connect, first-byte, request, datagram, bulk, packets
          places     same-node, across, vxlan

        'direct' goes to the endpoints by their own addresses through the same node, whose
        connection tracking is on. The measured service is in the middle of all others.

        --peer kube-proxy=PATH has the real kube-proxy at work on nodes of its own, which takes the
        same services from a server of ours: beside kube-proxy's rules, and wherever --programs and
        its like choose; in its nftables mode, unless --programs names another.

        --target measures a service that is there instead, from here; --direct one of its endpoints
        beside it, by turns. New connections are made, or with --udp datagrams sent, each of which the
        server must answer; with --http a path is asked for as well, until the first byte comes.

        Root is needed, or 'unshare -rn'. Nothing remains, whatever becomes of the process.

        Examples:
          weft bench path --html path.html
          weft bench path --services 1,100,1000,10000 --workload connect
          weft bench path --programs none,weft --family v4,v6 --place across,vxlan
          weft bench path --services 1,1000 --peer kube-proxy=/usr/local/bin/kube-proxy
          weft bench path --target 10.96.0.1:443 --direct 10.244.1.7:6443
        """,
    options: [
        Option("services", value: "N,...", isList: true, help: "How many services there are"),
        Option("endpoints", value: "N", help: "How many endpoints each has"),
        Option("place", value: "PLACE,...", isList: true, help: "Where the servers are"),
        Option("family", value: "v4|v6,...", isList: true, help: "IPv4 or IPv6"),
        Option("service", value: "KIND,...", isList: true, help: "By what they are reached"),
        Option("workload", value: "LOAD,...", isList: true, help: "What the client does"),
        Option("programs", value: "NAME,...", isList: true, help: "What programs the services"),
        Option("flows", value: "N,...", isList: true, help: "How many connections at a time"),
        Option("duration", value: "TIME", standard: "250ms", help: "How long a round takes"),
        Option(
            "sittings", value: "N", standard: "2",
            help: "How often everything is built anew for a part of the rounds"),
        peerOption(PathProgram.peers),
        Option("short", help: "Measure the most important, in about a minute"),
        Option("target", value: "HOST:PORT", help: "Measure this service, without a lab"),
        Option("direct", value: "HOST:PORT", help: "One of the target's endpoints, to compare"),
        Option("udp", help: "Send datagrams to the target instead of connecting"),
        Option("http", value: "PATH", help: "Ask the target for a path by HTTP as well"),
        Option("pace", value: "N", help: "How many begin each second, to the target"),
    ] + BenchSession.options
) { arguments in
    let session = try BenchSession(arguments)
    if let target = try arguments.target { return try session.run(TargetSuite(target)) }
    return try session.run(PathSuite(try arguments.pathSettings))
}

extension Arguments {
    fileprivate var pathSettings: PathSettings {
        get throws {
            var settings = PathSettings()
            settings.sections = has("short") ? PathSection.short : PathSection.standard
            let section = try chosenSection
            if let section { settings.sections = [section] }
            settings.add(try peers(PathProgram.peers)) { section != nil || $0.hasShapes }
            settings.rounds = try BenchSession.rounds(self)
            settings.duration = try duration
            settings.sittings = try number("sittings", in: 1...100)
            return settings
        }
    }

    var duration: Duration {
        get throws(UsageError) {
            let text = text("duration") ?? ""
            guard let duration = Duration(goText: text), duration >= .milliseconds(1) else {
                throw UsageError("--duration must be a time as 250ms or 1s, not '\(text)'")
            }
            return duration
        }
    }

    private static var choosing: [String] {
        ["services", "endpoints", "place", "family", "service", "workload", "programs", "flows"]
    }

    /// What was chosen; nil if nothing was.
    private var chosenSection: PathSection? {
        get throws(UsageError) {
            guard Self.choosing.contains(where: has) else { return nil }
            var section = PathSection()
            section.programs =
                try choices("programs", of: PathProgram.self)
                ?? [.weft, .kubeProxyNFTables]
            section.services = try numbers("services", in: 1...200_000) ?? section.services
            if has("endpoints") { section.endpoints = try number("endpoints", in: 1...200) }
            section.places = try choices("place", of: Place.self) ?? section.places
            section.families = try families ?? section.families
            section.kinds = try choices("service", of: ServiceKind.self) ?? section.kinds
            section.workloads = try workloads ?? section.workloads
            section.flows = try numbers("flows", in: 1...10_000) ?? section.flows
            return section
        }
    }

    private var families: [IPFamily]? {
        get throws(UsageError) {
            try choices("family", of: IPFamily.allCases) { $0.word }
        }
    }

    private var workloads: [Workload]? {
        get throws(UsageError) { try choices("workload", of: Workload.all) { $0.name } }
    }
}
