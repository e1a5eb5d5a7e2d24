import Bench
import Platform
import Support

/// `weft bench dns`.
let benchDNSCommand = Subcommand(
    "weft bench dns", summary: "Measure answers for names, beside other DNS servers",
    details: """
        Starts weft dns, and knotd, nsd, unbound, dnsmasq and CoreDNS as far as they are there, with
        the names of a generated cluster, each a process on the loopback of a network namespace, and
        asks them by turns:
          saturated   as many questions as are answered, some hundreds of them under way at any time
          paced       a fixed number a second, whose answers' times count from when each was due
          churn       the same while endpoints change, beside the quiet cluster

        Questions are a mix of addresses, ports, reverse names and names that do not exist, then each
        kind for itself; by UDP in both address families, and by TCP. With questions=cached, all
        forward to another server and answer from their caches. Each answer is looked at: a server
        that is wrong is not measured.

        cpu is the processor time of the server for an answer, user and system, lost the share of
        questions without an answer within a second. Weft and CoreDNS watch the cluster at an API
        server, the others read zone files.

        Network namespaces, and so root, are needed; nothing of the machine's own network changes.

        Examples:
          weft bench dns
          weft bench dns --threads 1 --services 1000 --html names.html
          weft bench dns --short --peer coredns=/usr/local/bin/coredns
        """,
    options: [
        Option("services", value: "N", standard: "10000", help: "Services of the cluster"),
        Option("endpoints", value: "N", standard: "10", help: "Endpoints of each service"),
        Option("threads", value: "N", standard: "2", help: "Threads of each server that answer"),
        Option("loaders", value: "N", standard: "1", help: "Threads that ask"),
        Option(
            "rate", value: "N", standard: "20000", help: "Questions a second where that is fixed"),
        Option(
            "outstanding", value: "N", standard: "1000",
            help: "Questions that are under way where it is not"),
        Option(
            "changes", value: "N", standard: "200", help: "Endpoints that change a second"),
        Option("seconds", value: "N", standard: "2", help: "How long a server is asked in a round"),
        Option(
            "short", help: "Only what fits into a minute: less of everything that is not asked for"),
        Option(
            "only", value: "PART,...", isList: true,
            help: "Only the names of the cluster, those from a cache, or churn: cluster,cache,churn"
        ),
        peerOption(NameSettings.peerNames),
    ] + BenchSession.options
) { arguments in
    var settings = NameSettings(weft: try Program.currentFile)
    if arguments.has("short") { settings.shorten() }
    settings.services = try arguments.number(
        "services", in: NameSettings.fewestServices...100_000, else: settings.services)
    settings.endpoints = try arguments.number("endpoints", in: 2...1000)
    settings.threads = try arguments.number("threads", in: 1...256)
    settings.loaders = try arguments.number("loaders", in: 1...64)
    settings.rate = try arguments.number("rate", in: 100...10_000_000)
    settings.outstanding = try arguments.number("outstanding", in: 1...100_000)
    settings.changes = try arguments.number("changes", in: 1...100_000)
    if arguments.isGiven("seconds") {
        settings.duration = .seconds(try arguments.number("seconds", in: 1...3600))
    }
    settings.rounds = try BenchSession.rounds(arguments, else: settings.rounds)
    settings.peers = try arguments.peers(NameSettings.peerNames)
    if let parts = try arguments.choices("only", of: NameSettings.Part.self) {
        settings.parts = Set(parts)
    }
    return try BenchSession(arguments).run(NameSuite(settings))
}
