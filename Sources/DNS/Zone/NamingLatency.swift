import Kubernetes
import Platform
import Support
import Synchronization

/// How long changes of endpoints took until names followed, by the kind of service (D95).
final class NamingLatency: Sendable {
    private let start = WallTime.now
    private let histograms = Mutex<[Kind: Histogram]>([:])

    /// CoreDNS's label `service_kind`.
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case clusterIP = "cluster_ip"
        case headless = "headless_with_selector"
    }

    /// A millisecond to nine minutes.
    private static let bounds = Histogram.exponential(0.001, times: 2, 20)
}

extension NamingLatency {
    /// Notes what has just been taken in.
    func note(_ look: Look, at now: WallTime) {
        let changes = look.changes(of: EndpointSlice.self).compactMap(\.now)
        if changes.isEmpty { return }
        var notes: [Kind: [Annotations]] = [:]
        for slice in changes.map(\.value) {
            guard let key = slice.serviceKey,
                let service = look.snapshot.services[key]?.value,
                !service.spec.selector.isEmpty
            else { continue }
            let kind: Kind = service.spec.isHeadless ? .headless : .clusterIP
            notes[kind, default: []].append(slice.metadata.annotations)
        }
        histograms.withLock { histograms in
            for (kind, notes) in notes {
                for sample in ProgrammingLatency.samples(notes, now: now, since: start) {
                    histograms[kind, default: Histogram(Self.bounds)].add(sample)
                }
            }
        }
    }

    var buckets: [(kind: Kind, buckets: MetricFamily.Buckets)] {
        let histograms = histograms.withLock(\.self)
        return Kind.allCases.compactMap { kind in
            histograms[kind].map { (kind, $0.buckets) }
        }
    }
}
