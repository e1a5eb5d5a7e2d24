import Kubernetes
import Network
import Platform
import Support
import Testing

@testable import Proxy

@Suite struct `The proxy's metrics` {
    private func text(_ body: (inout FamilyCounts) -> Void = { _ in }) -> String {
        let metrics = ProxyMetrics(IPFamily.allCases)
        metrics.update(.v6, body)
        return Exposition.text(metrics.families)
    }

    @Test(arguments: [
        "sync_proxy_rules_duration_seconds histogram",
        "sync_full_proxy_rules_duration_seconds histogram",
        "sync_partial_proxy_rules_duration_seconds histogram",
        "network_programming_duration_seconds histogram",
        "conntrack_reconciler_sync_duration_seconds histogram",
        "sync_proxy_rules_last_timestamp_seconds gauge",
        "sync_proxy_rules_last_queued_timestamp_seconds gauge",
        "sync_proxy_rules_endpoint_changes_pending gauge",
        "sync_proxy_rules_service_changes_pending gauge",
        "sync_proxy_rules_no_local_endpoints_total gauge",
        "sync_proxy_rules_endpoint_changes_total counter",
        "sync_proxy_rules_service_changes_total counter",
        "sync_proxy_rules_nftables_sync_failures_total counter",
        "sync_proxy_rules_nftables_cleanup_failures_total counter",
        "conntrack_reconciler_deleted_entries_total counter",
    ])
    func `kube-proxy's names and types are there`(line: String) {
        let text = text {
            $0.synced(.milliseconds(3), isFull: true, at: WallTime(nanoseconds: 1))
            $0.queued(at: WallTime(nanoseconds: 1))
        }
        #expect(text.contains("# TYPE kubeproxy_\(line)\n"))
    }

    @Test func `what is counted is shown for its family`() {
        let text = text {
            $0.synced(.milliseconds(3), isFull: false, at: WallTime(nanoseconds: 1_500_000_000))
            $0.programmed([.milliseconds(250), .seconds(400)])
            $0.cleaned(
                CleanupReport(family: .v6, deleted: 7, duration: .seconds(1), failure: nil))
            $0.withoutLocalExternal = 2
            $0.repairs += 3
        }
        for line in [
            #"sync_proxy_rules_duration_seconds_bucket{ip_family="IPv6",le="0.002"} 0"#,
            #"sync_proxy_rules_duration_seconds_bucket{ip_family="IPv6",le="0.004"} 1"#,
            #"sync_proxy_rules_duration_seconds_bucket{ip_family="IPv6",le="16.384"} 1"#,
            #"sync_proxy_rules_duration_seconds_count{ip_family="IPv4"} 0"#,
            #"sync_partial_proxy_rules_duration_seconds_count{ip_family="IPv6"} 1"#,
            #"sync_full_proxy_rules_duration_seconds_count{ip_family="IPv6"} 0"#,
            #"sync_proxy_rules_last_timestamp_seconds{ip_family="IPv6"} 1.5"#,
            #"network_programming_duration_seconds_bucket{ip_family="IPv6",le="0.25"} 1"#,
            #"network_programming_duration_seconds_bucket{ip_family="IPv6",le="300"} 1"#,
            #"network_programming_duration_seconds_count{ip_family="IPv6"} 2"#,
            #"conntrack_reconciler_deleted_entries_total{ip_family="IPv6"} 7"#,
            #"conntrack_reconciler_deleted_entries_total{ip_family="IPv4"} 0"#,
            "sync_proxy_rules_no_local_endpoints_total"
                + #"{ip_family="IPv6",traffic_policy="external"} 2"#,
        ] {
            #expect(text.contains("kubeproxy_\(line)\n"))
        }
        #expect(text.contains("weft_proxy_repairs_total{ip_family=\"IPv6\"} 3\n"))
        #expect(!text.contains("last_timestamp_seconds{ip_family=\"IPv4\"}"))
    }

    @Test func `the bounds are those that dashboards know`() {
        let bounds = FamilyCounts.programmingBounds
        #expect(bounds.count == 80 && bounds == bounds.sorted())
        #expect(bounds.prefix(4) == [0.25, 0.5, 1, 2])
        #expect(Array(bounds.suffix(8)) == [115, 120, 150, 180, 210, 240, 270, 300])
        #expect(FamilyCounts.syncBounds.count == 15 && FamilyCounts.syncBounds.last == 16.384)
    }

    @Test(
        arguments: [
            ("2027-01-15T08:00:01Z", .seconds(1)),
            ("2027-01-15T08:00:01.25Z", .milliseconds(750)),
            ("2027-01-15T10:00:00.999999999+02:00", .nanoseconds(1_000_000_001)),
            ("2027-01-15T08:00:03Z", .zero),
            ("2027-01-15T07:59:59Z", nil), ("2027-01-15T08:00:00Z", nil),
            ("yesterday", nil), ("", nil),
        ] as [(String, Duration?)])
    func `latencies count from what the control plane noted`(text: String, latency: Duration?) {
        let start = WallTime(nanoseconds: 1_800_000_000_000_000_000)
        let samples = ProgrammingLatency.samples(
            [[ProgrammingLatency.annotation: text], [:]], now: start + .seconds(2), since: start)
        #expect(samples == [latency].compactMap(\.self))
    }
}
