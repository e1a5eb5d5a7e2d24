import Platform

/// When to try again what failed: the more often it fails in a row, the later.
struct Retry: Equatable, Sendable {
    private(set) var time: MonotonicTime?
    private var delay = shortest

    private static let shortest = Duration.seconds(1)
    private static let longest = Duration.seconds(60)

    mutating func note(failed: Bool, at now: MonotonicTime) {
        guard failed else {
            self = Retry()
            return
        }
        time = now + delay
        delay = min(delay * 2, Self.longest)
    }
}
