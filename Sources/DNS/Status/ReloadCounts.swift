import Support
import Synchronization

/// How changes of the configuration went.
package final class ReloadCounts: Sendable {
    private let state = Mutex(State())

    private struct State {
        var failures = 0
        var hash = ""
    }

    package init() {}

    package func failed() { state.withLock { $0.failures += 1 } }

    package func took(_ hash: String) { state.withLock { $0.hash = hash } }

    package var failures: Int { state.withLock(\.failures) }

    var families: [MetricFamily] {
        let state = state.withLock(\.self)
        var failed = MetricFamily(
            "coredns_reload_failed_total", .counter,
            help: "Changes of the configuration that were not taken.")
        failed.add([:], Double(state.failures))
        var version = MetricFamily(
            "coredns_reload_version_info", .gauge, help: "The configuration that is in force.")
        version.add(["hash": "siphash", "value": state.hash], 1)
        return [failed, version]
    }
}
