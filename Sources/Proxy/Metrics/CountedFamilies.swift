import Network
import Platform
import Support

/// Metrics that each address family has of its own: kube-proxy's names for what it counts too.
struct CountedFamilies {
    let counts: [(family: IPFamily, counts: FamilyCounts)]

    var all: [MetricFamily] { durations + times + changes + failures + policies + ours }
}

extension CountedFamilies {
    private var durations: [MetricFamily] {
        [
            histogram("sync_proxy_rules", "How long syncs took.", \.syncs),
            histogram("sync_full_proxy_rules", "How long syncs of everything took.", \.fullSyncs),
            histogram(
                "sync_partial_proxy_rules", "How long syncs of what changed took.", \.partialSyncs),
            histogram(
                "network_programming", "From a change of endpoints to its effect.", \.programming),
            histogram(
                "conntrack_reconciler_sync", "How long cleaning up connections took.", \.cleanups),
        ]
    }

    private var times: [MetricFamily] {
        [
            time("last", "When the last sync was done, in seconds since 1970.", \.lastSync),
            time(
                "last_queued", "When a sync was last asked for, in seconds since 1970.",
                \.lastQueued),
        ]
    }

    private var changes: [MetricFamily] {
        [
            number(
                "kubeproxy_sync_proxy_rules_endpoint_changes_pending", .gauge,
                "Changes of endpoints that are not in the kernel.", \.pendingEndpointChanges),
            number(
                "kubeproxy_sync_proxy_rules_endpoint_changes_total", .counter,
                "Changes of endpoints.", \.endpointChanges),
            number(
                "kubeproxy_sync_proxy_rules_service_changes_pending", .gauge,
                "Changes of services that are not in the kernel.", \.pendingServiceChanges),
            number(
                "kubeproxy_sync_proxy_rules_service_changes_total", .counter,
                "Changes of services.", \.serviceChanges),
        ]
    }

    private var failures: [MetricFamily] {
        [
            number(
                "kubeproxy_sync_proxy_rules_nftables_sync_failures_total", .counter,
                "Syncs that failed.", \.syncFailures),
            number(
                "kubeproxy_sync_proxy_rules_nftables_cleanup_failures_total", .counter,
                "Removals of what is not needed that failed.", \.cleanupFailures),
            number(
                "kubeproxy_conntrack_reconciler_deleted_entries_total", .counter,
                "Connections that were forgotten.", \.deletedConnections),
        ]
    }

    private var policies: [MetricFamily] {
        var family = MetricFamily(
            "kubeproxy_sync_proxy_rules_no_local_endpoints_total", .gauge,
            help: "Service ports whose policy finds no endpoint on this node.")
        for (name, counts) in counts {
            let label = name.description
            family.add(
                ["ip_family": label, "traffic_policy": "internal"],
                Double(counts.withoutLocalInternal))
            family.add(
                ["ip_family": label, "traffic_policy": "external"],
                Double(counts.withoutLocalExternal))
        }
        return [family]
    }

    private var ours: [MetricFamily] {
        [
            number("weft_proxy_services", .gauge, "Services that are programmed.", \.services),
            number("weft_proxy_endpoints", .gauge, "Endpoints that are programmed.", \.endpoints),
            number(
                "weft_proxy_commands_total", .counter, "Objects of transactions.", \.commands),
            number(
                "weft_proxy_repairs_total", .counter, "Changes by others that were put right.",
                \.repairs),
            number(
                "weft_proxy_conflicts", .gauge, "Addresses that several services claim.",
                \.conflicts),
            number(
                "weft_proxy_isolated_services", .gauge,
                "Services left out because the kernel refused them.", \.isolatedServices),
        ]
    }
}

extension CountedFamilies {
    private func histogram(
        _ name: String, _ help: String, _ histogram: KeyPath<FamilyCounts, Histogram>
    ) -> MetricFamily {
        var family = MetricFamily("kubeproxy_\(name)_duration_seconds", .histogram, help: help)
        for (name, counts) in counts {
            family.add(["ip_family": name.description], counts[keyPath: histogram].buckets)
        }
        return family
    }

    private func time(
        _ name: String, _ help: String, _ time: KeyPath<FamilyCounts, WallTime?>
    ) -> MetricFamily {
        var family = MetricFamily(
            "kubeproxy_sync_proxy_rules_\(name)_timestamp_seconds", .gauge, help: help)
        for (name, counts) in counts {
            guard let time = counts[keyPath: time] else { continue }
            family.add(
                ["ip_family": name.description],
                Duration.nanoseconds(time.nanoseconds) / .seconds(1))
        }
        return family
    }

    private func number(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ number: KeyPath<FamilyCounts, Int>
    ) -> MetricFamily {
        var family = MetricFamily(name, kind, help: help)
        for (name, counts) in counts {
            family.add(["ip_family": name.description], Double(counts[keyPath: number]))
        }
        return family
    }
}
