import Platform

/// When changes are applied: at once while they are few, together when they come in storms.
///
/// Synchronising may take half of the time. What is not used of that is saved, up to a limit, so that
/// a few changes in short order are not delayed at all; no change waits longer than the upper limit.
struct SyncSchedule: Sendable {
    private let minDelay: Duration
    private let maxDelay: Duration
    /// The time that may go into synchronising without a wait.
    private var credit = Self.savings
    private var creditTime: MonotonicTime?
    private var earliest: MonotonicTime?
    /// Since when there are changes that nobody has looked at.
    private(set) var changedSince: MonotonicTime?

    /// Some dozens of single changes.
    private static let savings = Duration.milliseconds(10)

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
        let taken = end - start
        let idle = creditTime.map { start - $0 } ?? .zero
        credit = min(Self.savings, credit + idle) - taken
        creditTime = end
        earliest = credit < .zero ? end + min(maxDelay, .zero - credit) : nil
    }
}
