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

extension WallTime {
    /// For what need not rest.
    static let longAgo = WallTime(nanoseconds: 0)
}
