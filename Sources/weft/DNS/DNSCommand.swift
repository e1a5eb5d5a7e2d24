import DNS
import Inspection
import Kubernetes
import Network
import Platform
import Support

/// `weft dns`.
let dnsCommand = Subcommand(
    "weft dns", summary: "Answer the names of the cluster's services",
    details: """
        Does what CoreDNS does in a cluster.
        """,
    options: SourceChoice.options + [
        Option("listen", value: "ADDRESS:PORT", help: "where to listen"),
        Option("threads", value: "NUMBER", help: "threads for each address"),
    ]
) { arguments in
    let choice = try SourceChoice(arguments)
    let address = try AddressAndPort(validating: arguments.text("listen") ?? "127.0.0.1:5353")
    let threads = arguments.text("threads").flatMap { Int($0) } ?? Machine.processorCount
    var settings = ClusterSettings(zones: [try DomainName("cluster.local")])
    settings.reverseZones = [try DomainName("in-addr.arpa"), try DomainName("ip6.arpa")]
    settings.ttl = 30
    settings.pods = .insecure
    return try withSource(choice, settings.kinds) { source, reports in
        let epochs = Epochs(readers: 256)
        let keeper = try IndexKeeper(settings, of: source.store, readers: epochs)
        var parts = ServedBlock.Parts()
        parts.cluster = try ClusterZone(keeper.index, settings)
        let catalog = Catalog(
            [ServedBlock(.root, parts)], cookies: CookieSecret(low: 1, high: 2))
        var server = NameServer(catalog, readers: epochs)
        try server.listen(address, threads: threads, waiting: Nobody()) { _ in }
        var loop = try EventLoop<Nothing>()
        try loop.receive(Follower.signals)
        var events: [Event<Nothing>] = []
        while events.isEmpty { try loop.wait(into: &events) }
        withExtendedLifetime(reports) {}
        return .success
    }
}

private struct Nobody: QuestionTaker {
    func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {}
    func refresh(_ question: PendingQuestion) {}
}

private struct Nothing: RawRepresentable, Sendable {
    let rawValue: UInt64
}
