package import Platform
import Support

/// What the proxy counts in one address family.
package struct FamilyCounts: Sendable {
    /// How long syncs took: all of them, and by what they rewrote.
    var syncs = Histogram(Self.syncBounds)
    var fullSyncs = Histogram(Self.syncBounds)
    var partialSyncs = Histogram(Self.syncBounds)
    /// From a change in the cluster to its effect here.
    var programming = Histogram(Self.programmingBounds)
    var cleanups = Histogram(Self.syncBounds)
    var deletedConnections = 0
    var lastSync: WallTime?
    var lastQueued: WallTime?

    /// Changes that came, and those of them that are not in the kernel.
    package var endpointChanges = 0
    package var serviceChanges = 0
    package var pendingEndpointChanges = 0
    package var pendingServiceChanges = 0
    package var syncFailures = 0
    /// Attempts to remove what is not needed any more.
    package var cleanupFailures = 0
    /// Service ports whose policy asks for endpoints of this node, which it has none of.
    package var withoutLocalInternal = 0
    package var withoutLocalExternal = 0

    package var services = 0
    package var endpoints = 0
    /// Objects of transactions, added or deleted.
    package var commands = 0
    /// What somebody else had changed and was put right.
    package var repairs = 0
    /// Addresses that two services claim.
    package var conflicts = 0
    /// Services left out because the kernel refused what they need.
    package var isolatedServices = 0

    /// 1 ms to 16.4 s.
    static let syncBounds = Histogram.exponential(0.001, times: 2, 15)
    /// Fine at first, where it is to be: up to 1 s, by seconds to 1 min, to 2 min, to 5 min.
    static let programmingBounds =
        [0.25, 0.5] + (1..<60).map(Double.init)
        + stride(from: 60.0, to: 120, by: 5) + stride(from: 120.0, through: 300, by: 30)
}

extension FamilyCounts {
    /// Changes are there to be applied.
    package mutating func queued(at now: WallTime) { lastQueued = now }

    /// Changes came, which a sync has begun to apply.
    package mutating func taken(services: Int, slices: Int) {
        serviceChanges += services
        endpointChanges += slices
        pendingServiceChanges += services
        pendingEndpointChanges += slices
    }

    /// A sync is done.
    package mutating func synced(_ duration: Duration, isFull: Bool, at now: WallTime) {
        pendingServiceChanges = 0
        pendingEndpointChanges = 0
        syncs.add(duration)
        if isFull { fullSyncs.add(duration) } else { partialSyncs.add(duration) }
        lastSync = now
    }

    /// Changes have taken effect, so long after they were made.
    package mutating func programmed(_ latencies: some Sequence<Duration>) {
        for latency in latencies { programming.add(latency) }
    }

    package mutating func cleaned(_ report: CleanupReport) {
        cleanups.add(report.duration)
        deletedConnections += report.deleted
    }
}
