import Platform

/// When what failed is tried again: soon, then later and later.
struct Backoff {
    private(set) var due: MonotonicTime?
    private var delay = Self.shortest

    private static let shortest = Duration.seconds(1)
    private static let longest = Duration.seconds(30)

    mutating func finished(failed: Bool, at now: MonotonicTime) {
        guard failed else {
            self = Backoff()
            return
        }
        due = now + delay
        delay = min(delay * 2, Self.longest)
    }
}
