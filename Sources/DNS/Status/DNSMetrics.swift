import Kubernetes
import Platform
package import Support

/// All that /metrics shows, under CoreDNS's names where it has some (D95); made when asked for.
package struct DNSMetrics: Sendable {
    private let view: ServiceView
    private let reloads: ReloadCounts
    private let version: String
    private let others: @Sendable () -> [MetricFamily]

    /// Takes the families that others have beside these.
    package init(
        _ view: ServiceView, _ reloads: ReloadCounts, version: String,
        beside others: @escaping @Sendable () -> [MetricFamily] = { [] }
    ) {
        self.view = view
        self.reloads = reloads
        self.version = version
        self.others = others
    }
}

extension DNSMetrics {
    package var families: [MetricFamily] {
        let state = view.current
        let ours = [
            latency(state), loops(state), synced(state), contact(state), serial(state), ready,
            lost(state),
        ]
        return [build, panics, plugins(state)] + QuestionFamilies(view.book.entries).all
            + CacheFamilies(state).all + ForwardFamilies(state).all + HostsFamilies(state).all
            + reloads.families + ours + others()
    }

    private var build: MetricFamily {
        var family = MetricFamily(
            "coredns_build_info", .gauge, help: "The version; there is no Go in it.")
        family.add(["version": "weft-\(version)", "revision": "", "goversion": ""], 1)
        return family
    }

    /// What would be one ends the process.
    private var panics: MetricFamily {
        var family = MetricFamily(
            "coredns_panics_total", .counter, help: "Panics that were survived.")
        family.add([:], 0)
        return family
    }

    private func plugins(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "coredns_plugin_enabled", .gauge, help: "Directives of each block.")
        var seen: Set<[String]> = []
        for (point, served) in state.plan.points {
            for served in served {
                let zone = served.zone.description
                for name in state.plan.blocks[served.block].options.directives
                where seen.insert([point.label, zone, name]).inserted {
                    family.add(
                        ["server": point.label, "zone": zone, "view": "", "name": name], 1)
                }
            }
        }
        return family
    }
}

extension DNSMetrics {
    private func loops(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "weft_dns_forward_loops", .gauge,
            help: "1 where what is sent to the servers comes back, else 0.")
        let looping = state.loops?.loopingPools ?? []
        for target in state.plan.loopTargets {
            let servers = target.upstreams.map { "\($0)" }.joined(separator: " ")
            family.add(
                ["pool": "\(target.pool)", "to": servers], looping.contains(target.pool) ? 1 : 0)
        }
        return family
    }

    private func latency(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "coredns_kubernetes_dns_programming_duration_seconds", .histogram,
            help: "Times from a change of endpoints until names followed.")
        // Further clusters would have the same labels.
        for (kind, buckets) in state.indexes.first?.index.latency.buckets ?? [] {
            family.add(["service_kind": kind.rawValue], buckets)
        }
        return family
    }

    private func synced(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "weft_dns_synced", .gauge, help: "1 if all objects of a kind are known, else 0.")
        for kind in state.kinds {
            let isSynced = state.store?.snapshot[state: kind].isSynced ?? false
            family.add(["kind": kind.name], isSynced ? 1 : 0)
        }
        return family
    }

    private func contact(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "weft_dns_sync_age_seconds", .gauge,
            help: "How long ago the API server has last said anything about a kind.")
        for kind in state.kinds {
            guard let last = state.store?.snapshot[state: kind].lastContact else { continue }
            family.add(["kind": kind.name], (MonotonicTime.now - last) / .seconds(1))
        }
        return family
    }

    private func serial(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "weft_dns_zone_serial", .gauge, help: "When names have last changed, as in SOA.")
        var serials: [String: UInt32] = [:]
        for (settings, index) in state.indexes {
            let zone = settings.zones.first.map { "\($0)" } ?? ""
            serials[zone] = max(index.serial, serials[zone] ?? 0)
        }
        for (zone, serial) in serials.sorted(by: { $0.key < $1.key }) {
            family.add(["zone": zone], Double(serial))
        }
        return family
    }

    private var ready: MetricFamily {
        var family = MetricFamily(
            "weft_dns_ready", .gauge, help: "1 if every name can be answered, else 0.")
        family.add([:], view.unready(continuously: true).isEmpty ? 1 : 0)
        return family
    }

    private func lost(_ state: ServiceView.State) -> MetricFamily {
        var family = MetricFamily(
            "weft_dns_log_lost_total", .counter,
            help: "Questions without a line of the log, as the log was too slow for them.")
        if let queries = state.queries { family.add([:], Double(queries.lost)) }
        return family
    }
}

extension ServerBlock {
    /// The names of the directives that are in force.
    fileprivate var directives: [String] {
        let present: [(String, Bool)] = [
            ("acl", !accessRules.isEmpty), ("any", answersAnyShortly),
            ("autopath", autopath != nil), ("cache", cache != nil), ("chaos", chaos != nil),
            ("errors", errors != nil), ("file", !files.isEmpty), ("forward", !forwards.isEmpty),
            ("health", health != nil), ("hosts", hosts != nil),
            ("kubernetes", kubernetes != nil), ("loadbalance", shufflesAddresses),
            ("log", !log.isEmpty), ("loop", detectsLoops), ("prometheus", prometheus != nil),
            ("ratelimit", rateLimit != nil), ("ready", ready != nil), ("reload", reload != nil),
            ("rewrite", !rewrites.isEmpty),
            ("tls", tls != nil), ("transfer", !transfers.isEmpty),
        ]
        return present.filter(\.1).map(\.0)
    }
}
