package import Network
package import Platform

/// Whether what was asked for is applied in time, in each family; it has no clock.
package struct SyncHealth: Sendable {
    /// What one family has done.
    private struct Family: Sendable {
        /// Since when changes wait that no sync has begun to apply, and how many.
        var waiting: (since: Moment, count: Int)?
        /// The same of those that the sync which runs applies.
        var taken: (since: Moment, count: Int)?
        var lastApplied: Moment?
        var failures = 0
        var lastError: String?

        /// What waits and what is taken; what is taken came first.
        var pending: (since: Moment, count: Int)? {
            guard let taken else { return waiting }
            return (taken.since, taken.count + (waiting?.count ?? 0))
        }
    }

    private var families: [IPFamily: Family]
    /// How long a change may take (S131: twice the sync period).
    private let patience: Duration

    package init(_ families: some Sequence<IPFamily>, patience: Duration = .seconds(60)) {
        self.families = Dictionary(families.map { ($0, Family()) }) { first, _ in first }
        self.patience = patience
    }
}

extension SyncHealth {
    /// Changes have come that are to be applied.
    package mutating func queued(_ family: IPFamily, _ count: Int = 1, at now: Moment) {
        update(family) { $0.waiting = ($0.waiting?.since ?? now, ($0.waiting?.count ?? 0) + count) }
    }

    /// A sync has begun: it applies what waits now, and not what comes later.
    package mutating func began(_ family: IPFamily) {
        update(family) {
            $0.taken = $0.pending
            $0.waiting = nil
        }
    }

    /// The sync that had begun is done.
    package mutating func applied(_ family: IPFamily, at now: Moment) {
        update(family) {
            $0.taken = nil
            $0.lastApplied = now
            $0.failures = 0
            $0.lastError = nil
        }
    }

    /// The sync that had begun changed nothing.
    package mutating func failed(_ family: IPFamily, _ error: String) {
        update(family) {
            $0.waiting = $0.pending
            $0.taken = nil
            $0.failures += 1
            $0.lastError = error
        }
    }

    private mutating func update(_ family: IPFamily, _ body: (inout Family) -> Void) {
        guard var state = families[family] else { return }
        body(&state)
        families[family] = state
    }
}

extension SyncHealth {
    /// How one family does at some time.
    package struct Status: Hashable, Sendable {
        package let isHealthy: Bool
        package let lastApplied: Moment?
        /// How long the oldest change waits.
        package let lag: Duration
        package let backlog: Int
        /// Syncs that failed since the last one that did not.
        package let failures: Int
        package let lastError: String?
    }

    package func status(at now: Moment) -> [(family: IPFamily, status: Status)] {
        families.sorted { $0.key < $1.key }.map { family, state in
            let lag = state.pending.map { now.monotonic - $0.since.monotonic } ?? .zero
            return (
                family,
                Status(
                    isHealthy: lag < patience, lastApplied: state.lastApplied, lag: lag,
                    backlog: state.pending?.count ?? 0, failures: state.failures,
                    lastError: state.lastError)
            )
        }
    }

    /// Whether each family was applied once at least.
    package var isReady: Bool { families.values.allSatisfy { $0.lastApplied != nil } }

    package func isHealthy(at now: Moment) -> Bool {
        status(at: now).allSatisfy(\.status.isHealthy)
    }
}
