import Network
import TLS

extension ServerPlan {
    /// Takes a pool of upstream servers, and the way to it.
    mutating func add(
        _ options: ForwardOptions, to block: inout Block, _ surroundings: Surroundings
    ) throws(DNSError) {
        var upstreams: [ForwardSettings.Upstream] = []
        for upstream in options.upstreams {
            upstreams += try Self.upstreams(upstream, options, surroundings)
        }
        guard !upstreams.isEmpty else {
            throw DNSError(
                .configuration,
                "forward \(options.zones.map(\.description).joined(separator: " "))",
                "no nameserver is named in the file it refers to")
        }
        var settings = ForwardSettings(upstreams)
        settings.take(options)
        try settings.takeTLS(options, surroundings)
        var route = UpstreamPath.Route(options.zones, pool: pools.count)
        route.exceptions = options.exceptions
        block.routes.append(route)
        pools.append(settings)
    }

    private static func upstreams(
        _ upstream: ForwardOptions.Upstream, _ options: ForwardOptions,
        _ surroundings: Surroundings
    ) throws(DNSError) -> [ForwardSettings.Upstream] {
        switch upstream {
        case .server(let server):
            let transport: ForwardSettings.Transport =
                server.usesTLS
                ? .tls(name: options.tls.serverName ?? "") : options.forcesTCP ? .tcp : .udp
            return [ForwardSettings.Upstream(server.address, transport)]
        case .resolverFile(let path):
            let resolver = ResolverConfiguration(try surroundings.read(path))
            return resolver.nameservers.map {
                ForwardSettings.Upstream(
                    AddressAndPort($0.address, 53), options.forcesTCP ? .tcp : .udp)
            }
        }
    }
}

extension ForwardSettings {
    fileprivate mutating func take(_ options: ForwardOptions) {
        switch options.policy {
        case .random: policy = .random
        case .roundRobin: policy = .roundRobin
        case .sequential: policy = .sequential
        }
        forcesTCP = options.forcesTCP
        maxFails = options.maxFailures
        expire = options.expiry
        if let age = options.maxAge, age > .zero { longestConnection = age }
        mostIdleConnections = options.maxIdleConnections.map { $0 > 0 ? $0 : .max } ?? .max
        if let attempts = options.maxConnectAttempts, attempts > 0 {
            mostTries = min(mostTries, attempts)
        }
        readTimeout = options.readTimeout
        if options.maxConcurrent > 0 { maxConcurrent = options.maxConcurrent }
        healthCheck.interval = options.healthCheck.interval
        healthCheck.domain = options.healthCheck.domain
        healthCheck.wantsRecursion = options.healthCheck.wantsRecursion
        failover = Set(options.failover)
        next = Set(options.next)
        nextOnNoData = options.nextOnNoData
        failsFast = options.failsFast
    }

    fileprivate mutating func takeTLS(
        _ options: ForwardOptions, _ surroundings: Surroundings
    ) throws(DNSError) {
        if let authority = options.tls.authority {
            tlsAuthorities = try surroundings.read(authority)
        }
        if let certificate = options.tls.certificate, let key = options.tls.key {
            tlsIdentity = TLSIdentity(
                certificates: try surroundings.read(certificate),
                key: try surroundings.read(key))
        }
    }
}

extension CacheSettings {
    init(_ options: CacheOptions) {
        self.init()
        success = Limits(options.success)
        denial = Limits(options.denial)
        failure = options.servfail.wholeSeconds
        if let wanted = options.prefetch {
            var prefetch = Prefetch(amount: UInt32(wanted.amount))
            prefetch.gap = wanted.gap.wholeSeconds
            prefetch.percentage = UInt32(wanted.percentage)
            self.prefetch = prefetch
        }
        if let wanted = options.stale {
            var stale = Stale()
            stale.seconds = wanted.duration.wholeSeconds
            stale.verifies = wanted.verifies
            self.stale = stale
        }
        keepsTTL = options.keepsTTL
    }
}

extension CacheSettings.Limits {
    fileprivate init(_ store: CacheOptions.Store) {
        self.init(capacity: store.capacity, longest: store.longest.wholeSeconds)
        shortest = store.shortest.wholeSeconds
        disabled = store.disabled
    }
}

extension Duration {
    fileprivate var wholeSeconds: UInt32 { UInt32(clamping: components.seconds) }
}
