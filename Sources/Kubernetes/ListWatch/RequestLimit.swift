import Platform

/// Lets at most `burst` requests through at once, and one an interval in the long run.
///
/// The generic cell rate algorithm: all it has to remember is when it will be as new.
struct RequestLimit: Sendable {
    private let burst: Int64
    private let interval: Int64
    private var renewed: Int64 = .min

    init(burst: Int64, interval: Duration) {
        self.burst = burst
        self.interval = interval.nanoseconds
    }

    /// Lets a request through, or says from when on it will.
    mutating func take(at now: MonotonicTime) -> MonotonicTime? {
        let base = max(renewed, now.nanoseconds)
        let earliest = base - (burst - 1) * interval
        if earliest > now.nanoseconds { return MonotonicTime(nanoseconds: earliest) }
        renewed = base + interval
        return nil
    }
}

/// How long to wait after failures in a row: twice as long after each, and never alike for all.
struct Backoff: Sendable {
    private(set) var failures = 0

    mutating func reset() { failures = 0 }

    mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        let whole = min(Self.first * (1 << min(failures, Self.doublings)), Self.longest)
        failures += 1
        return whole * Double.random(in: 0.5...1, using: &random)
    }

    private static let first = Duration.milliseconds(500)
    static let longest = Duration.seconds(30)
    private static let doublings = 6
}
