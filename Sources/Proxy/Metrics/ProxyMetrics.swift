package import Kubernetes
package import Network
package import Support
import Synchronization

/// What the proxy counts, for any thread to add to and for /metrics to show.
package final class ProxyMetrics: Sendable {
    private let state: Mutex<State>

    fileprivate struct State {
        var families: [IPFamily: FamilyCounts]
        var health: [Int: Int] = [:]
        var liveness: [Int: Int] = [:]
        /// Where changes wait for somebody to look at them.
        var subscription: Subscription?
    }

    package init(_ families: some Sequence<IPFamily>) {
        state = Mutex(
            State(families: Dictionary(families.map { ($0, FamilyCounts()) }) { first, _ in first })
        )
    }
}

extension ProxyMetrics {
    /// Adds to what is counted of a family.
    package func update(_ family: IPFamily, _ body: (inout FamilyCounts) -> Void) {
        state.withLock { state in
            guard var counts = state.families[family] else { return }
            body(&counts)
            state.families[family] = counts
        }
    }

    package func answeredHealth(_ status: Response.Status) {
        state.withLock { $0.health[status.rawValue, default: 0] += 1 }
    }

    package func answeredLiveness(_ status: Response.Status) {
        state.withLock { $0.liveness[status.rawValue, default: 0] += 1 }
    }

    /// Counts as pending what the proxy has not looked at, too: at each scrape, not at each change.
    package func countPending(of subscription: Subscription) {
        state.withLock { $0.subscription = subscription }
    }

    package var families: [MetricFamily] {
        var state = state.withLock(\.self)
        if let look = state.subscription?.pending { state.addPending(look) }
        let counts = state.families.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return CountedFamilies(counts: counts).all + [
            Self.answers("proxy_healthz_total", "Answers of /healthz.", state.health),
            Self.answers("proxy_livez_total", "Answers of /livez.", state.liveness),
        ]
    }

    private static func answers(
        _ name: String, _ help: String, _ counts: [Int: Int]
    ) -> MetricFamily {
        var family = MetricFamily("kubeproxy_\(name)", .counter, help: help)
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
            family.add(["code": "\(code)"], Double(count))
        }
        return family
    }
}

extension ProxyMetrics.State {
    fileprivate mutating func addPending(_ look: Look) {
        for family in families.keys {
            let changes = UnappliedChanges(look, family)
            families[family]?.pendingServiceChanges += changes.services
            families[family]?.pendingEndpointChanges += changes.slices
        }
    }
}
