import Kubernetes
import Network

/// Puts together what is answered at each point.
struct CatalogBuilder {
    private let plan: ServerPlan
    private let indexes: [(settings: ClusterSettings, index: ClusterIndex)]
    private let caches: [ResolverCache]
    private let surroundings: Surroundings
    private let cookies: CookieSecret
    private let loops: LoopWatch
    private let book: AnswerBook
    private let log: QueryLog?
    private let store: ObjectStore?

    init(
        _ plan: ServerPlan, _ indexes: [(settings: ClusterSettings, index: ClusterIndex)],
        _ caches: [ResolverCache], _ surroundings: Surroundings, _ cookies: CookieSecret,
        _ loops: LoopWatch, _ book: AnswerBook, _ log: QueryLog?,
        store: ObjectStore? = nil
    ) {
        self.plan = plan
        self.indexes = indexes
        self.caches = caches
        self.surroundings = surroundings
        self.cookies = cookies
        self.loops = loops
        self.book = book
        self.log = log
        self.store = store
    }

    func catalogs(
        asking resolver: Resolver? = nil
    ) throws(DNSError) -> [ListeningPoint: Catalog] {
        var parts: [ServedBlock.Parts] = []
        for number in plan.blocks.indices { parts.append(try self.parts(number)) }
        var catalogs: [ListeningPoint: Catalog] = [:]
        for (point, served) in plan.points {
            catalogs[point] = Catalog(
                served.map { served in
                    var parts = parts[served.block]
                    parts.counted = book.place(of: served.zone)
                    return ServedBlock(served.zone, parts)
                }, cookies: cookies, caches: caches.map(\.reader), loops: loops,
                resolver: resolver, limit: plan.rateLimit(at: point).map(RateLimit.init))
        }
        return catalogs
    }

    private func parts(_ number: Int) throws(DNSError) -> ServedBlock.Parts {
        let block = plan.blocks[number]
        var parts = ServedBlock.Parts()
        if let settings = block.cluster { parts.cluster = try cluster(settings) }
        if !block.routes.isEmpty {
            var path = UpstreamPath(block.routes)
            if block.cache != nil {
                path.cache = plan.blocks[..<number].count { $0.cache != nil }
                path.cachedZones = block.cachedZones.map(ZoneSuffix.init)
            }
            parts.upstream = path
        }
        parts.access = AccessList(block.options.accessRules)
        parts.chaos = block.options.chaos.map { options in
            ChaosTexts(
                version: options.version ?? "Weft-\(surroundings.version)",
                authors: options.authors, hostname: surroundings.hostname)
        }
        parts.putsOffAny = block.options.answersAnyShortly
        parts.payloadSize = block.options.bufferSize ?? parts.payloadSize
        parts.rotates = block.options.shufflesAddresses
        if let log {
            parts.logged = block.options.log.map { rule in
                LogScope(
                    zone: ZoneSuffix(rule.zone), classes: rule.classes,
                    format: log.number(of: rule.format))
            }
        }
        if block.options.errors != nil { parts.errors = number }
        parts.detour = detour(block, parts.cluster)
        parts.transfers = ZoneTransfers(block.options.transfers, of: store)
        return parts
    }

    private func detour(_ block: ServerPlan.Block, _ cluster: ClusterZone?) -> Detour? {
        let options = block.options
        var parts = Detour.Parts()
        parts.answersLocalhost = options.answersLocalhost
        (parts.hosts, parts.files) = (block.hosts, block.files)
        if let autopath = options.autopath {
            let source: SearchList.Source? =
                switch autopath.source {
                case .kubernetes: cluster.map { .pods($0, block.searchDomains) }
                case .resolverFile: .fixed(block.searchDomains)
                }
            parts.search = source.map { SearchList($0, zones: autopath.zones) }
        }
        parts.rewrites = options.rewrites
        parts.isMinimal = options.isMinimal
        parts.serverName = options.nsid.map { Array(($0.text ?? surroundings.hostname).utf8) }
        return Detour(parts)
    }

    private func cluster(_ settings: ClusterSettings) throws(DNSError) -> ClusterZone {
        guard let known = indexes.first(where: { $0.settings.hasSameIndex(as: settings) }) else {
            throw DNSError(
                .configuration, "serve the names of a cluster",
                "no source of its objects was given: use --kubeconfig or --manifests")
        }
        // What is only this machine's, or a link's, cannot be reached from others.
        let addresses = try surroundings.addresses(nil).filter {
            !$0.isLoopback && !$0.isLinkLocal
        }
        return try ClusterZone(known.index, settings, serverAddresses: addresses)
    }
}

extension AccessList {
    /// Nil if there are no rules.
    init?(_ rules: [AccessRule]) {
        if rules.isEmpty { return nil }
        self.init(
            rules.flatMap { rule in
                rule.policies.map { policy in
                    var made = Rule(
                        Verdict(policy.action), types: Set(policy.types),
                        networks: policy.networks)
                    made.zones = rule.zones.map(ZoneSuffix.init)
                    return made
                }
            })
    }
}

extension AccessList.Verdict {
    fileprivate init(_ action: AccessRule.Action) {
        switch action {
        case .allow: self = .allow
        case .block: self = .block
        case .filter: self = .filter
        case .drop: self = .drop
        }
    }
}
