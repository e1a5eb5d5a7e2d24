import Network
import Support

/// What servers elsewhere did; one that is in several pools counts once.
struct ForwardFamilies {
    private let statistics: ForwardStatistics?

    init(_ state: ServiceView.State) { statistics = state.resolver?.statistics }

    var all: [MetricFamily] {
        [
            durations,
            perServer("healthcheck_failures_total", "Probes without an answer.", \.probeFailures),
            perServer(
                "conn_cache_hits_total", "Questions over a connection that was open.",
                \.connectionsUsedAgain, "tcp"),
            perServer(
                "conn_cache_misses_total", "Connections that were opened.", \.connectionsOpened,
                "tcp"),
            perPool(
                "max_concurrent_rejects_total",
                "Questions turned away, as too many were under way.", \.rejects),
            perPool(
                "healthcheck_broken_total", "Questions while all servers of a pool were down.",
                \.timesAllDown),
        ]
    }

    private var servers: [(to: String, all: [ForwardStatistics.Upstream])] {
        Dictionary(grouping: statistics?.upstreams ?? []) { "\($0.address)" }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private var durations: MetricFamily {
        var family = MetricFamily(
            "coredns_proxy_request_duration_seconds", .histogram,
            help: "Times until a server has replied.")
        for (to, upstreams) in servers {
            var sums: [ResponseCode: MetricFamily.Buckets] = [:]
            for (code, histogram) in upstreams.flatMap(\.durations) {
                sums[code] = sums[code].map { $0 + histogram.buckets } ?? histogram.buckets
            }
            for (code, buckets) in sums.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                family.add(
                    ["proxy_name": "forward", "to": to, "rcode": "\(code)"], buckets)
            }
        }
        return family
    }

    private func perServer(
        _ name: String, _ help: String, _ count: KeyPath<ForwardStatistics.Upstream, Int>,
        _ transport: String? = nil
    ) -> MetricFamily {
        var family = MetricFamily("coredns_proxy_\(name)", .counter, help: help)
        for (to, upstreams) in servers {
            let sum = Double(upstreams.reduce(0) { $0 + $1[keyPath: count] })
            if let transport {
                family.add(["proxy_name": "forward", "to": to, "proto": transport], sum)
            } else {
                family.add(["proxy_name": "forward", "to": to], sum)
            }
        }
        return family
    }

    private func perPool(
        _ name: String, _ help: String, _ count: KeyPath<ForwardStatistics.Pool, Int>
    ) -> MetricFamily {
        var family = MetricFamily("coredns_forward_\(name)", .counter, help: help)
        if let pools = statistics?.pools {
            family.add([:], Double(pools.reduce(0) { $0 + $1[keyPath: count] }))
        }
        return family
    }
}

extension MetricFamily.Buckets {
    /// Both have the same bounds.
    fileprivate static func + (left: Self, right: Self) -> Self {
        Self(
            bounds: left.bounds, counts: zip(left.counts, right.counts).map { $0 + $1 },
            count: left.count + right.count, sum: left.sum + right.sum)
    }
}
