import Network
import Platform

extension LeaseStore {
    /// Gives back all that an attachment has; nothing when it has nothing.
    @discardableResult
    func release(_ owner: LeaseOwner, resting: Bool = true) throws(CNIError) -> [IPAddress] {
        guard let record = try record(of: owner) else { return [] }
        let held = try heldLeases(record, by: owner)
        try remove(held, since: resting ? now : .longAgo)
        try removeRecord(of: owner)
        return held.map(\.address)
    }

    /// Removes leases that are known to be of one owner, or of nobody.
    func remove(_ leases: [Lease], since time: WallTime) throws(CNIError) {
        for lease in leases {
            putBack(lease, since: time)
            _ = try onDisk { () throws(PlatformError) in
                try File.remove(folder.lease(lease.address))
            }
        }
    }

    /// Puts an address at the end of the queue.
    ///
    /// An address must be given back even when the disk is full; then it is found again by the
    /// look at all leases before a range counts as exhausted.
    func putBack(_ lease: Lease, since time: WallTime) {
        let path = folder.released(lease.set)
        do throws(PlatformError) {
            var queue = try ReleaseQueue(path)
            try queue.append([.init(address: lease.address, released: time)])
            if queue.isLong { try ReleaseQueue.replace(path, with: queue.waiting()) }
        } catch {}
    }

    /// The place of the set that an address is of; the first when no set has it.
    func set(of address: IPAddress) -> Int {
        sets.firstIndex { $0.range(of: address) != nil } ?? 0
    }
}

extension LeaseFolder {
    /// Removes an attachment's leases where the index cannot be used, on a full disk for one: it
    /// takes a look at all, and the next call brings the index up to date.
    func removeLeases(of owner: LeaseOwner) throws(CNIError) {
        try onDisk { () throws(PlatformError) in
            guard try File.status(leases)?.kind == .directory else { return }
            let lock = try FileLock(self.lock)
            defer { extendLifetime(lock) }
            try removeLockedLeases(of: owner)
        }
    }

    /// The same for who has the lock already.
    func removeLockedLeases(of owner: LeaseOwner) throws(PlatformError) {
        for file in try scan()
        where file.owner == owner || file.owner == owner.withoutInterface {
            try File.remove(lease(file.address))
        }
    }
}

extension WallTime {
    /// For what need not rest.
    static let longAgo = WallTime(nanoseconds: 0)
}
