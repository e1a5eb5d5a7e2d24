package import Kubernetes
import Platform
package import Support

/// What a source has done and holds, as metrics.
package struct SourceMetrics {
    private let statistics: SourceStatistics
    private let snapshot: Snapshot
    private let now: (wall: WallTime, monotonic: MonotonicTime)

    package init(_ source: any ObjectSource) {
        self.init(source.statistics, source.store.snapshot, (.now, .now))
    }

    init(
        _ statistics: SourceStatistics, _ snapshot: Snapshot,
        _ now: (wall: WallTime, monotonic: MonotonicTime)
    ) {
        self.statistics = statistics
        self.snapshot = snapshot
        self.now = now
    }
}

extension SourceMetrics {
    package var families: [MetricFamily] {
        [
            requests, failures, latency,
            counter("relists", "Lists asked for again because a watch could not go on.", \.relists),
            counter("events", "Changes that watches told of.", \.events),
            counter(
                "refused_objects", "Objects that could not be read and were left as they were.",
                \.refusedObjects),
            single("bytes_received", "Bytes of answers.", Double(statistics.bytesReceived)),
            single(
                "connections_opened", "Connections made.", Double(statistics.connectionsOpened)),
            lastEvent, synced, objects,
        ]
    }

    /// Answers for a status server.
    package static func answer(_ head: RequestHead, of source: any ObjectSource) -> Response {
        guard head.path == "/metrics" else { return Response(.notFound) }
        return Response(
            Exposition.text(SourceMetrics(source).families), contentType: Exposition.contentType)
    }
}

extension SourceMetrics {
    private typealias OfKind = SourceStatistics.OfKind

    /// The kinds that the source asks for, in one order.
    private var kinds: [(kind: Kind, statistics: OfKind)] {
        Kind.allCases.compactMap { kind in statistics.kinds[kind].map { (kind, $0) } }
    }

    private var requests: MetricFamily {
        var family = MetricFamily(
            "weft_watch_requests_total", .counter, help: "Requests by what they were for.")
        for (kind, statistics) in kinds {
            family.add(["kind": kind.name, "verb": "list"], Double(statistics.lists))
            family.add(["kind": kind.name, "verb": "watch"], Double(statistics.watches))
        }
        return family
    }

    private var failures: MetricFamily {
        counter("request_failures", "Requests that brought no answer or a refusal.", \.failures)
    }

    private var latency: MetricFamily {
        var family = MetricFamily(
            "weft_watch_request_duration_seconds", .histogram,
            help: "How long answers took to begin.")
        for (kind, statistics) in kinds {
            let latency = statistics.latency
            let buckets = MetricFamily.Buckets(
                bounds: LatencyHistogram.bounds, counts: latency.counts, count: latency.count,
                sum: latency.sum / .seconds(1))
            family.add(["kind": kind.name], buckets)
        }
        return family
    }

    private var lastEvent: MetricFamily {
        var family = MetricFamily(
            "weft_watch_last_event_timestamp_seconds", .gauge,
            help: "When a watch last told of a change, in seconds since 1970.")
        for (kind, statistics) in kinds {
            guard let last = statistics.lastEvent else { continue }
            let time = Duration.nanoseconds(now.wall.nanoseconds) - (now.monotonic - last)
            family.add(["kind": kind.name], time / .seconds(1))
        }
        return family
    }

    private var synced: MetricFamily {
        var family = MetricFamily(
            "weft_watch_synced", .gauge, help: "1 if a complete list was applied, else 0.")
        for (kind, _) in kinds {
            family.add(["kind": kind.name], snapshot[state: kind].isSynced ? 1 : 0)
        }
        return family
    }

    private var objects: MetricFamily {
        var family = MetricFamily("weft_objects", .gauge, help: "Objects held.")
        for (kind, _) in kinds {
            family.add(["kind": kind.name], Double(snapshot.count(of: kind)))
        }
        return family
    }

    private func counter(
        _ name: String, _ help: String, _ count: KeyPath<OfKind, Int>
    ) -> MetricFamily {
        var family = MetricFamily("weft_watch_\(name)_total", .counter, help: help)
        for (kind, statistics) in kinds {
            family.add(["kind": kind.name], Double(statistics[keyPath: count]))
        }
        return family
    }

    private func single(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
        var family = MetricFamily("weft_watch_\(name)_total", .counter, help: help)
        family.add([:], value)
        return family
    }
}
