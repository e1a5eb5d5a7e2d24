import Platform

/// When things are to begin: so many a second, or the next one as soon as one has ended.
///
/// What begins late because others were slow counts from when it should have begun: whoever uses the
/// service would have waited too, and would not have asked less often (coordinated omission).
struct Pace {
    private let interval: Double?
    private let start: MonotonicTime
    private var count = 0

    init(perSecond: Double?, from start: MonotonicTime) {
        interval = perSecond.map { Double(Duration.seconds(1).nanoseconds) / $0 }
        self.start = start
    }

    var isGiven: Bool { interval != nil }

    /// When the next one is to begin.
    var due: MonotonicTime {
        guard let interval else { return .now }
        return start + .nanoseconds(Int64(Double(count) * interval))
    }

    mutating func advance() { count += 1 }

    /// How many are still to begin before the end.
    func left(before end: MonotonicTime) -> Int {
        guard let interval else { return 0 }
        let all = Int((Double((end - start).nanoseconds) / interval).rounded(.up))
        return max(0, all - count)
    }

    /// Waits until something is due, and begins it.
    func begin(_ due: MonotonicTime) -> Start {
        guard isGiven else {
            let now = MonotonicTime.now
            return Start(counted: now, actual: now)
        }
        Self.wait(until: due)
        return Start(counted: due, actual: .now)
    }

    /// Waits, the last part of it awake: a thread that slept begins late and with a cold processor.
    private static func wait(until time: MonotonicTime) {
        let left = time - .now
        if left > spun { sleep(for: left - spun) }
        while MonotonicTime.now < time {}
    }

    private static let spun = Duration.microseconds(200)

    /// How long what should have begun before the end is still begun after it, and waited for.
    static let grace = Duration.milliseconds(500)
}
