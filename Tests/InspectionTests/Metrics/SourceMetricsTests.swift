import Kubernetes
import Platform
import Support
import Testing

@testable import Inspection

@Suite("Metrics of a source")
struct SourceMetricsTests {
    @Test func `all that a source counts is there`() throws {
        let source = FakeSource()
        source.sync([try Samples.web()])
        var counts = SourceStatistics.OfKind()
        counts.lists = 2
        counts.watches = 3
        counts.relists = 1
        counts.events = 40
        counts.lastEvent = MonotonicTime(nanoseconds: 5_000_000_000)
        counts.latency.add(.milliseconds(7))
        counts.latency.add(.seconds(60))
        source.count {
            $0.kinds = [.service: counts, .pod: SourceStatistics.OfKind()]
            $0.bytesReceived = 12_345
            $0.connectionsOpened = 2
        }
        let times = (wall: noon, monotonic: MonotonicTime(nanoseconds: 6_500_000_000))
        let metrics = SourceMetrics(source.statistics, source.store.snapshot, times)
        let lines = Set(Exposition.text(metrics.families).split(separator: "\n").map(String.init))
        let expected = [
            #"weft_watch_requests_total{kind="Service",verb="list"} 2"#,
            #"weft_watch_requests_total{kind="Service",verb="watch"} 3"#,
            #"weft_watch_request_failures_total{kind="Pod"} 0"#,
            #"weft_watch_request_duration_seconds_bucket{kind="Service",le="0.005"} 0"#,
            #"weft_watch_request_duration_seconds_bucket{kind="Service",le="0.01"} 1"#,
            #"weft_watch_request_duration_seconds_bucket{kind="Service",le="10"} 1"#,
            #"weft_watch_request_duration_seconds_bucket{kind="Service",le="+Inf"} 2"#,
            #"weft_watch_request_duration_seconds_sum{kind="Service"} 60.007"#,
            #"weft_watch_request_duration_seconds_count{kind="Service"} 2"#,
            #"weft_watch_relists_total{kind="Service"} 1"#,
            #"weft_watch_events_total{kind="Service"} 40"#,
            #"weft_watch_refused_objects_total{kind="Service"} 0"#,
            "weft_watch_bytes_received_total 12345", "weft_watch_connections_opened_total 2",
            #"weft_watch_last_event_timestamp_seconds{kind="Service"} 1767268798.5"#,
            #"weft_watch_synced{kind="Service"} 1"#, #"weft_watch_synced{kind="Pod"} 0"#,
            #"weft_objects{kind="Service"} 1"#, #"weft_objects{kind="Pod"} 0"#,
        ]
        for line in expected { #expect(lines.contains(line), "\(line)") }
        #expect(!lines.contains { $0.hasPrefix("weft_watch_last_event") && $0.contains("Pod") })
    }

    @Test func `only the path of metrics is answered`() {
        let source = FakeSource()
        let head = { RequestHead(method: .get, path: $0) }
        #expect(SourceMetrics.answer(head("/metrics"), of: source).status == .success)
        #expect(SourceMetrics.answer(head("/"), of: source).status == .notFound)
    }
}
