import Netlink
import Network
import Platform

/// Looks for stale connections and deletes them, in the namespace that it was made in.
///
/// The kernel's list is read as it comes: no more of it is held than what is deleted together, on a
/// second socket, for the first one is in the middle of its answer then.
struct StaleScan: ~Copyable, Sendable {
    private var lister: ConntrackSocket
    private var deleter: Deleter

    fileprivate struct Deleter: ~Copyable, Sendable {
        var socket: ConntrackSocket
        var found: [ConntrackEntry] = []
        var deleted = 0
    }

    /// How many connections are deleted together.
    private static let batch = 512
    /// How often a list is asked for that the kernel could not give whole.
    private static let attempts = 4

    init() throws(NetlinkError) {
        let lister = try ConntrackSocket()
        let socket = try ConntrackSocket()
        self.lister = lister
        deleter = Deleter(socket: socket)
    }
}

extension StaleScan {
    /// Deletes what is stale of one family, except what has been decided anew since.
    mutating func clean(
        _ family: IPFamily, _ table: StaleTable, mostLists: Int = ScanPlan.mostLists,
        unless isSettled: (ConntrackEntry) -> Bool = { _ in false }
    ) -> CleanupReport {
        let start = MonotonicTime.now
        deleter.deleted = 0
        let targets = table.targets.filter { $0.family == family }
        var failure: NetlinkError?
        for filter in ScanPlan.filters(for: targets, mostLists: mostLists) {
            do throws(NetlinkError) {
                try scan(filter, table, isSettled)
            } catch {
                failure = error
                try? deleter.flush(unless: isSettled)
            }
        }
        return CleanupReport(
            family: family, deleted: deleter.deleted, duration: .now - start, failure: failure)
    }

    /// Looks again after a list that was not whole: what it had is gone already, and counted once.
    private mutating func scan(
        _ filter: ConntrackFilter, _ table: StaleTable, _ isSettled: (ConntrackEntry) -> Bool
    ) throws(NetlinkError) {
        for attempt in 1...Self.attempts {
            do throws(NetlinkError) {
                if try Self.pass(&lister, &deleter, filter, table, isSettled) { return }
            } catch  where error.code == .overrun && attempt < Self.attempts {
                continue
            }
        }
    }

    /// Returns whether the kernel gave the whole list.
    private static func pass(
        _ lister: inout ConntrackSocket, _ deleter: inout Deleter, _ filter: ConntrackFilter,
        _ table: StaleTable, _ isSettled: (ConntrackEntry) -> Bool
    ) throws(NetlinkError) -> Bool {
        let isWhole = try lister.visit(filter) { entry throws(NetlinkError) in
            guard table.isStale(entry) else { return }
            deleter.found.append(entry)
            if deleter.found.count == batch { try deleter.flush(unless: isSettled) }
        }
        try deleter.flush(unless: isSettled)
        return isWhole
    }
}

extension StaleScan.Deleter {
    mutating func flush(unless isSettled: (ConntrackEntry) -> Bool) throws(NetlinkError) {
        defer { found.removeAll(keepingCapacity: true) }
        found.removeAll(where: isSettled)
        deleted += try socket.delete(found)
    }
}
