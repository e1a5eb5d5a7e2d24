import Network
import Platform

/// A network's leases while the lock on them is held.
///
/// A call may be killed between any two system calls. What then is there is still right:
///
/// - A lease appears whole, by link(2), and only if its address has none. So no address is given
///   twice, whatever the index says.
/// - ADD writes the record, then makes the leases, then moves the cursor or the queue on. Killed
///   before the leases, it leaves a record of addresses that it does not have: whoever reads a
///   record believes the leases. Killed after them, DEL and GC find them by the record, and the
///   cursor or the queue still name the addresses, which the next ADD skips.
/// - DEL puts the addresses into the queue, then removes the leases, then the record. Killed in
///   between, what is left is released by the next DEL or GC, and what stands in the queue and is
///   still a lease is skipped by ADD.
/// - Whatever changes a lease, of ours or another program's, changes the time of the folder. A call
///   that ends sets that time to the mark. So a folder without the mark was changed by somebody
///   else or by a call that was killed, and the next call looks at all leases before it goes on.
///
/// Nothing waits for the disk: a power failure ends the boot, and leases of an earlier boot are void.
struct LeaseStore: ~Copyable {
    let folder: LeaseFolder
    /// The sets that the configuration has, as far as it can be read.
    let sets: [RangeSet]
    let bootID: String
    /// When the lock was had, so that the times of releases are in order.
    let now: WallTime
    private let lock: FileLock

    /// Takes the lock, making the folders where they are missing.
    init(_ folder: LeaseFolder, _ sets: [RangeSet]) throws(CNIError) {
        let store = try onDisk { () throws(PlatformError) in
            LeaseStore(
                folder, sets, bootID: try Machine.bootID, lock: try Self.lock(folder))
        }
        if try !store.isIndexed { try store.look() }
        self = store
    }

    /// Takes the lock where there are leases; nil when the network has no folder.
    init?(existing folder: LeaseFolder, _ sets: [RangeSet]) throws(CNIError) {
        let isThere = try onDisk { () throws(PlatformError) in
            try File.status(folder.leases)?.kind == .directory
        }
        guard isThere else { return nil }
        try self.init(folder, sets)
    }

    private init(
        _ folder: LeaseFolder, _ sets: [RangeSet], bootID: String, lock: consuming FileLock
    ) {
        self.folder = folder
        self.sets = sets
        self.bootID = bootID
        self.lock = lock
        now = .now
    }

    private static func lock(_ folder: LeaseFolder) throws(PlatformError) -> FileLock {
        do throws(PlatformError) {
            return try FileLock(folder.lock)
        } catch  where error.code == .noSuchEntry {
            try Directory.create(folder.leases)
            return try FileLock(folder.lock)
        }
    }
}

extension LeaseStore {
    /// Whether the index says what the leases say.
    private var isIndexed: Bool {
        get throws(CNIError) {
            try onDisk { () throws(PlatformError) in
                guard try File.status(folder.leases)?.modified == mark else { return false }
                return try File.status(folder.index) != nil
            }
        }
    }

    /// The time a folder has that nobody changed since our last call in this boot.
    ///
    /// A time of day would not do: where the kernel's file times advance with its ticks, somebody
    /// else's change right after ours would not show. So it is a time long past, another one in
    /// each boot: after a boot, too, there is something to look for.
    private var mark: WallTime {
        let year2000: UInt64 = 946_684_800
        let eightYears: UInt64 = 1 << 28
        let seconds = year2000 + fnv1a(bootID.utf8) % eightYears
        return WallTime(nanoseconds: Int64(seconds) * 1_000_000_000)
    }

    /// Says that the index is complete again, at the end of a call.
    func finish() throws(CNIError) {
        try onDisk { () throws(PlatformError) in try File.setModified(folder.leases, mark) }
    }
}

/// Runs something on the files of leases, whose failures say what to do about them.
func onDisk<Value: ~Copyable>(
    _ body: () throws(PlatformError) -> Value
) throws(CNIError) -> Value {
    do throws(PlatformError) {
        return try body()
    } catch {
        let remedy =
            error.code == .readOnlyFileSystem
            ? "; ipam.dataDir can name a folder on another file system" : ""
        throw CNIError(
            .inputOutput, "the leases could not be read or written", details: "\(error)\(remedy)")
    }
}
