import Platform

/// When a family is tried again that the kernel did not take; each failure doubles the wait.
struct RetrySchedule: Sendable {
    private(set) var due: MonotonicTime?
    private var delay = firstDelay

    private static let firstDelay = Duration.milliseconds(100)

    mutating func finished(at now: MonotonicTime, failed: Bool, limit: Duration) {
        guard failed else {
            due = nil
            delay = Self.firstDelay
            return
        }
        due = now + delay
        delay = min(limit, delay * 2)
    }
}
