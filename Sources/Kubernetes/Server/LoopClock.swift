import Platform

/// The time that machines are told, which tests let pass faster than it does.
struct LoopClock: Sendable {
    private let start = MonotonicTime.now
    private let rate: Int

    /// `rate` seconds pass in one.
    init(rate: Int = 1) { self.rate = rate }

    var now: MonotonicTime { start + (MonotonicTime.now - start) * rate }

    /// When a time of this clock comes on the real one.
    func real(_ time: MonotonicTime) -> MonotonicTime {
        guard rate > 1, time > start else { return time }
        return start + (time - start) / rate
    }
}
