import Platform
import Synchronization

/// All names of a cluster at this moment, for any number of threads to read.
package final class ClusterIndex: Sendable {
    let table: SharedTable
    private let serial32 = Atomic<UInt32>(0)
    private let synced = Atomic(false)
    let latency = NamingLatency()

    init(_ table: SharedTable) { self.table = table }

    /// Counts changes as the seconds since 1970 at the last one (D34).
    package var serial: UInt32 { serial32.load(ordering: .relaxed) }

    /// Whether everything that has a name is known; before that, nothing can be said not to exist.
    package var isSynced: Bool { synced.load(ordering: .acquiring) }

    func moveSerial(to now: WallTime) {
        let seconds = UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000_000)
        // A clock that was set back must not set the serial back (RFC 1982).
        if seconds > serial { serial32.store(seconds, ordering: .relaxed) }
    }

    func setSynced(_ isSynced: Bool) { synced.store(isSynced, ordering: .releasing) }
}
