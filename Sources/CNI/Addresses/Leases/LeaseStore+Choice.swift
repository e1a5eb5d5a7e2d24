import Network
import Platform

/// An address to give, and what has to be moved on once it is given.
struct LeaseChoice: Hashable, Sendable {
    let lease: Lease
    let origin: Origin

    enum Origin: Hashable, Sendable {
        /// The attachment has it already.
        case held
        case requested
        /// It was the next in order.
        case cursor
        /// It was released; the queue goes on at this place.
        case queue(next: Int)
    }
}

extension LeaseStore {
    /// The times of release that forbid to give an address now.
    ///
    /// What was released in the future was released before the clock was set back.
    func restTimes(_ rest: Duration) -> ClosedRange<WallTime>? {
        rest == .zero ? nil : (now + (.zero - rest))...now
    }

    /// Finds a free address: one that was never given, else the longest released.
    func choose(place: Int, rest: Duration) throws(CNIError) -> LeaseChoice? {
        try onDisk { () throws(PlatformError) in
            guard let queue = try ReleaseQueue(reading: folder.released(place)) else {
                return try nextInOrder(place, resting: [])
            }
            let resting = try restTimes(rest).map { times throws(PlatformError) in
                try queue.released(during: times)
            }
            if let choice = try nextInOrder(place, resting: resting ?? []) { return choice }
            return try longestReleased(place, queue, resting: resting ?? [])
        }
    }

    private func longestReleased(
        _ place: Int, _ queue: borrowing ReleaseQueue, resting: Set<IPAddress>
    ) throws(PlatformError) -> LeaseChoice? {
        for position in queue.first..<queue.end {
            guard let address = try queue.entry(at: position)?.address,
                sets[place].assigns(address), !resting.contains(address), try !isTaken(address)
            else { continue }
            return LeaseChoice(
                lease: Lease(address, set: place), origin: .queue(next: position + 1))
        }
        return nil
    }

    /// The next address behind the cursor, which goes through the ranges once and never back.
    private func nextInOrder(
        _ place: Int, resting: Set<IPAddress>
    ) throws(PlatformError) -> LeaseChoice? {
        let begin = try folder.lastReserved(place)
        var last = begin
        var taken: Set<IPAddress>?
        var skipped = 0
        while let next = sets[place].address(after: last) {
            last = next
            if resting.contains(next) { continue }
            if skipped == Self.patience { taken = Set(try folder.takenAddresses()) }
            let isFree = if let taken { !taken.contains(next) } else { try !isTaken(next) }
            if isFree { return LeaseChoice(lease: Lease(next, set: place), origin: .cursor) }
            skipped += 1
        }
        // Not to be walked again: what is free among these is in the queue, or found by a sweep.
        if let last, last != begin { try moveCursor(place, to: last) }
        return nil
    }

    /// How many leases are asked for one by one before the folder is listed.
    private static let patience = 16

    func isTaken(_ address: IPAddress) throws(PlatformError) -> Bool {
        try File.linkStatus(folder.lease(address)) != nil
    }

    /// host-local reads nothing but the address, and goes on after it.
    ///
    /// It is written in place: ext4 writes out a file at once that is renamed over another. A call
    /// that is killed in between leaves parts of two addresses, but no address depends on a cursor:
    /// what it skips is found by a sweep, what is taken behind it is passed over.
    func moveCursor(_ place: Int, to address: IPAddress) throws(PlatformError) {
        let text = Array("\(address)".utf8)
        let file = try File.openForUpdate(folder.cursor(place), mode: 0o644)
        try file.write(text.span, at: 0)
        if try file.status().size > text.count { try file.truncate(to: text.count) }
    }
}
