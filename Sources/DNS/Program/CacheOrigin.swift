/// What the answers in a cache come of: a changed configuration keeps the caches of which all this
/// stays.
struct CacheOrigin: Hashable, Sendable {
    private let zones: [DomainName]
    private let settings: CacheSettings
    private let cachedZones: [DomainName]
    private let routes: [Route]

    private struct Route: Hashable, Sendable {
        let zones: [DomainName]
        let exceptions: [DomainName]
        let pool: ForwardSettings
    }
}

extension ServerPlan {
    /// Of each block with a cache, in their order.
    var cacheOrigins: [CacheOrigin] {
        blocks.compactMap { block in block.cache.map { CacheOrigin(block, $0, pools) } }
    }
}

extension CacheOrigin {
    fileprivate init(
        _ block: ServerPlan.Block, _ settings: CacheSettings, _ pools: [ForwardSettings]
    ) {
        zones = block.options.zones
        self.settings = settings
        cachedZones = block.cachedZones
        routes = block.routes.map { route in
            Route(zones: route.zones, exceptions: route.exceptions, pool: pools[route.pool])
        }
    }
}
