package import Kubernetes
package import Network
package import Platform
import Synchronization

/// How the proxy does, for any thread to tell and to ask.
package final class HealthState: Sendable {
    private let state: Mutex<State>

    private struct State {
        var sync: SyncHealth
        var isNodeEligible = false
    }

    package init(_ sync: SyncHealth) { state = Mutex(State(sync: sync)) }
}

extension HealthState {
    /// Takes in what a sync did.
    package func update(_ body: (inout SyncHealth) -> Void) { state.withLock { body(&$0.sync) } }

    /// Takes in what the node has become; nil means that there is none.
    package func update(_ node: Node?) {
        update(isNodeEligible: HealthAnswer.isEligible(node))
    }

    package func update(isNodeEligible isEligible: Bool) {
        state.withLock { $0.isNodeEligible = isEligible }
    }

    package func isHealthy(at now: Moment) -> Bool { state.withLock(\.sync).isHealthy(at: now) }

    package var isReady: Bool { state.withLock(\.sync).isReady }

    /// How each family does.
    package func status(at now: Moment) -> [(family: IPFamily, status: SyncHealth.Status)] {
        state.withLock(\.sync).status(at: now)
    }

    /// What /healthz says.
    package func health(at now: Moment) -> HealthAnswer {
        let state = state.withLock(\.self)
        return HealthAnswer(state.sync, isNodeEligible: state.isNodeEligible, at: now)
    }

    /// What /livez says.
    package func liveness(at now: Moment) -> HealthAnswer {
        HealthAnswer(state.withLock(\.sync), at: now)
    }
}
