import Network
import Platform

/// What is known of one upstream server.
struct UpstreamState: Sendable {
    let upstream: ForwardSettings.Upstream
    let pool: Int
    let maxFails: Int
    /// Failures since the last reply.
    private(set) var failures = 0
    private(set) var lastReply: MonotonicTime?
    private var roundTrip: Duration?
    /// Whether the server repeats a name in the case it was asked in; true until it does not.
    var keepsCase = true
    /// The question whose answer would show that the server is well again, or its pause.
    var isProbed = false
    /// Open connections to it.
    var connections: [SocketID] = []

    init(_ upstream: ForwardSettings.Upstream, pool: Int, maxFails: Int) {
        self.upstream = upstream
        self.pool = pool
        self.maxFails = maxFails
    }
}

extension UpstreamState {
    var isDown: Bool { maxFails > 0 && failures >= maxFails }

    /// Whether anything went wrong since the last reply.
    var isSuspect: Bool { failures > 0 }

    /// Takes a reply that belongs to something asked.
    mutating func heard(at now: MonotonicTime) {
        failures = 0
        lastReply = now
    }

    /// Takes a failure of something sent; one that replies to others since then has not failed.
    ///
    /// Otherwise a zone whose own servers are dead would bring down the server that asks them.
    mutating func failed(sentAt: MonotonicTime) {
        if maxFails > 0, lastReply.map({ $0 <= sentAt }) ?? true { failures += 1 }
    }

    /// Smooths as TCP does (RFC 6298 section 2).
    mutating func measured(_ sample: Duration) {
        roundTrip = roundTrip.map { ($0 * 7 + sample) / 8 } ?? sample
    }

    /// How long to wait for a reply before another server is asked, or this one again.
    func patience(afterTries tries: Int) -> Duration {
        let first = roundTrip.map { max($0 * 3, Self.shortest) } ?? Self.unmeasured
        return min(first * (1 << min(tries, 3)), Self.longest)
    }

    private static let shortest = Duration.milliseconds(200)
    private static let longest = Duration.milliseconds(800)
    /// For a server that never answered; most answer within a tenth of it.
    private static let unmeasured = Duration.milliseconds(400)
}
