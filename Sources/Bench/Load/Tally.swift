import Platform

/// What a generator found in one round.
struct Tally: Sendable {
    /// How long each took.
    var histogram = Histogram()
    /// How long it took until the server had each connection, where it says so.
    var accepts = Histogram()
    /// How many were begun, or were to be.
    private(set) var begun = 0
    /// How many came to their end, be it late.
    private(set) var done = 0
    /// How many did, but not without another attempt of the kernel's.
    private(set) var retried = 0
    /// Why the last of those failed that failed.
    private(set) var failure: PlatformError?

    mutating func begin(_ count: Int = 1) { begun += count }

    mutating func end(_ count: Int) { done += count }

    mutating func end(_ start: Start, at now: MonotonicTime = .now) {
        end(begunAt: start.counted, at: now)
        if now - start.actual >= Self.firstRetry { retried += 1 }
    }

    mutating func end(begunAt start: MonotonicTime, at now: MonotonicTime = .now) {
        done += 1
        histogram.record(UInt64(max(0, now.nanoseconds - start.nanoseconds)))
    }

    /// Takes an error for one that failed; one that all would meet is thrown again.
    mutating func note(_ error: PlatformError) throws(PlatformError) {
        guard Self.isOfOne(error.code) else { throw error }
        failure = error
    }

    /// Whether the network or the other end is to blame, which may be well the next time.
    private static func isOfOne(_ code: Errno) -> Bool {
        [
            .connectionRefused, .connectionReset, .hostUnreachable, .networkUnreachable, .timedOut,
            .brokenPipe,
        ].contains(code)
    }

    /// When Linux sends a SYN again that nobody answered (RFC 6298).
    private static let firstRetry = Duration.seconds(1)
}

extension Tally {
    /// The share of what was begun that was lost, or whose first attempt was.
    var lost: Double { begun == 0 ? 0 : Double(begun - done + retried) / Double(begun) }
}

/// When something was begun, and from when on it counts.
struct Start: Sendable {
    let counted: MonotonicTime
    let actual: MonotonicTime
}
