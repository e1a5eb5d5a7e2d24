import Platform

/// When changes are applied: at once while they are few, together when they come in storms.
///
/// After each synchronisation the next waits as long as that took, within limits. So at most half of
/// a processor's time goes into it, and no change waits longer than the upper limit.
struct SyncSchedule: Sendable {
    private let minDelay: Duration
    private let maxDelay: Duration
    private var earliest: MonotonicTime?
    /// Since when there are changes that nobody has looked at.
    private(set) var changedSince: MonotonicTime?

    init(minDelay: Duration, maxDelay: Duration) {
        self.minDelay = minDelay
        self.maxDelay = max(minDelay, maxDelay)
    }

    mutating func changed(at now: MonotonicTime) {
        if changedSince == nil { changedSince = now }
    }

    /// When to synchronise next; nil while nothing has changed.
    var due: MonotonicTime? {
        changedSince.map { max($0 + minDelay, earliest ?? $0) }
    }

    /// Takes note that all changes until `start` have been applied.
    mutating func synced(from start: MonotonicTime, until end: MonotonicTime) {
        changedSince = nil
        earliest = end + min(maxDelay, max(minDelay, end - start))
    }
}
