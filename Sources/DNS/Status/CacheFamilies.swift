import Network
import Support

/// What the caches hold.
struct CacheFamilies {
    private let caches: [(server: String, zones: String, state: ResolverCache.State)]

    init(_ state: ServiceView.State) {
        let blocks = state.plan.blocks.indices.filter { state.plan.blocks[$0].cache != nil }
        caches = zip(blocks, state.caches).map { block, cache in
            let servers = state.plan.points.filter { _, served in
                served.contains { $0.block == block }
            }
            return (
                servers.keys.map(\.label).min() ?? "",
                state.plan.blocks[block].options.zones.map(\.description)
                    .joined(separator: ","), cache.state
            )
        }
    }

    var all: [MetricFamily] {
        [
            typed("entries", .gauge, "Answers that are kept.") {
                (Double($0.successes), Double($0.denials))
            },
            typed("evictions_total", .counter, "Answers that went for others.") {
                (Double($0.evictedSuccesses), Double($0.evictedDenials))
            },
            single("coredns_cache_drops_total", .counter, "Answers that were not kept.") {
                Double($0.drops)
            },
            single("weft_dns_cache_bytes", .gauge, "Memory for answers.") { Double($0.bytes) },
        ]
    }

    private func typed(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ values: (ResolverCache.State) -> (success: Double, denial: Double)
    ) -> MetricFamily {
        var family = MetricFamily("coredns_cache_\(name)", kind, help: help)
        for cache in caches {
            let (success, denial) = values(cache.state)
            for (type, value) in [("success", success), ("denial", denial)] {
                family.add(
                    [
                        "server": cache.server, "type": type, "zones": cache.zones, "view": "",
                    ], value)
            }
        }
        return family
    }

    private func single(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ value: (ResolverCache.State) -> Double
    ) -> MetricFamily {
        var family = MetricFamily(name, kind, help: help)
        for cache in caches {
            family.add(
                ["server": cache.server, "zones": cache.zones, "view": ""], value(cache.state))
        }
        return family
    }
}
