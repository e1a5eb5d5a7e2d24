package import Network
package import Platform

/// What is to be cleaned up and was not yet: checks in, a table of them out; no clock, no socket.
package struct CleanupBacklog: Sendable {
    private var waiting = StaleTable()
    /// After a failure or a cleanup, when to begin again.
    private var pausedUntil: MonotonicTime?
    private var drains: DrainSchedule

    /// Connections over TCP and SCTP are left to end by themselves if they have no grace (S83).
    package init(graces: [TransportProtocol: Duration] = [:]) {
        drains = DrainSchedule(graces: graces)
    }
}

extension CleanupBacklog {
    /// Takes in what changed.
    ///
    /// UDP has no connections that would end, so its clients must be led on at once.
    package mutating func add(_ checks: some Sequence<StaleCheck>, at now: MonotonicTime) {
        for check in checks {
            if check.target.transport == .udp {
                waiting.add(check)
            } else {
                drains.add(check, at: now)
            }
        }
    }

    /// When there is something to do; a time that has passed means now.
    package func next(_ now: MonotonicTime) -> MonotonicTime? {
        (waiting.isEmpty ? drains.next : now).map { max($0, pausedUntil ?? $0) }
    }

    /// Takes out all that is to be done now; what came while another was done is one.
    package mutating func take(at now: MonotonicTime) -> StaleTable {
        for check in drains.take(at: now) { waiting.add(check) }
        pausedUntil = nil
        defer { waiting = StaleTable() }
        return waiting
    }

    /// Takes back what could not be done; what has come since counts before it.
    package mutating func failed(_ checks: some Sequence<StaleCheck>, at now: MonotonicTime) {
        var again = StaleTable(checks)
        for check in waiting.checks { again.add(check) }
        waiting = again
        pausedUntil = now + Self.pause
    }

    /// How long the kernel gets to recover.
    private static let pause = Duration.seconds(5)

    /// Takes note that a cleanup is over and how long it took; the next one begins after a rest.
    ///
    /// The kernel looks through its whole table, however few connections there are: 10 ms for 262,144
    /// chains, in which one without preemption lets nobody else have the processor.
    package mutating func finished(at now: MonotonicTime, after taken: Duration) {
        let rest = now + min(taken * Self.restShare, Self.longestRest)
        pausedUntil = pausedUntil.map { max($0, rest) } ?? rest
    }

    /// So that storms of changes use a fifth of a processor, and none waits long.
    private static let restShare = 4
    private static let longestRest = Duration.seconds(1)

    /// What has come since the last was taken, which knows better about its targets.
    package var newer: StaleTable { waiting }
}
