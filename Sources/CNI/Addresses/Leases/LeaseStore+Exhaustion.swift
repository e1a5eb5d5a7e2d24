import Network
import Platform

extension LeaseStore {
    /// How many addresses a sweep puts into the queue at most.
    private static let sweepLimit = 4096

    /// Looks at all leases for free addresses that neither the cursor nor the queue knows of.
    ///
    /// There are some when the configuration changed or a call was killed; says whether.
    func sweep(place: Int, rest: Duration) throws(CNIError) -> Bool {
        try onDisk { () throws(PlatformError) in
            let resting = try restingEntries(place: place, rest: rest)
            let busy = Set(try folder.takenAddresses()).union(resting.map(\.address))
            var free: [ReleaseQueue.Entry] = []
            for address in sets[place].addresses where !busy.contains(address) {
                free.append(.init(address: address, released: .longAgo))
                if free.count == Self.sweepLimit { break }
            }
            try ReleaseQueue.replace(folder.released(place), with: free + resting)
            return !free.isEmpty
        }
    }

    /// What the queue has of a set that must not be given yet.
    private func restingEntries(
        place: Int, rest: Duration
    ) throws(PlatformError) -> [ReleaseQueue.Entry] {
        guard let times = restTimes(rest),
            let queue = try ReleaseQueue(reading: folder.released(place))
        else { return [] }
        return try queue.waiting().filter {
            times.contains($0.released) && sets[place].assigns($0.address)
        }
    }

    /// What to throw when a set has nothing to give.
    func exhaustion(place: Int, rest: Duration) throws(CNIError) -> CNIError {
        try onDisk { () throws(PlatformError) in
            let set = sets[place]
            let taken = Set(try folder.takenAddresses())
            let resting = try restingEntries(place: place, rest: rest)
                .filter { !taken.contains($0.address) }
            if let first = resting.map(\.released).min() {
                let wait = max(.zero, first + rest - now)
                return CNIError(
                    .tryAgainLater, "the free addresses of \(set) were released just now",
                    details: "\(resting.count) of them rest; the first is free in "
                        + "\(wait.components.seconds + 1) s (ipam.restSeconds)")
            }
            let leases = taken.count { set.range(of: $0) != nil }
            return CNIError(
                .noFreeAddress, "no address of \(set) is free",
                details: "there are \(leases) leases in \(folder.leases): `weft ipam list` tells "
                    + "whose, `weft ipam reclaim` releases leaked ones; else enlarge ipam.ranges")
        }
    }
}
