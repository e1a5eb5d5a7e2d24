import Platform

/// Which answers the table holds, and which of them goes when there is no more room.
///
/// Each kind has a short queue for what is new and a long one for what proved its use (S3-FIFO): names
/// that are asked for once go through the short one, and nothing in use goes for them.
struct CacheShelves: Sendable {
    private(set) var entries: [CacheEntry] = []
    private var shelves: [Shelf]
    private var free = CacheEntry.none
    /// The entry that is looked at next for whether its time is over.
    private var hand = 0

    private struct Shelf: Sendable {
        var new = EntryQueue()
        var main = EntryQueue()
        var ghosts: GhostSet
        var bytes = 0
        var evictions: UInt64 = 0

        var count: Int { new.count + main.count }
    }

    init(_ settings: CacheSettings) {
        shelves = [settings.success, settings.denial].map { limits in
            // There is not room for more, whatever the number says.
            let most = settings.bytes / Self.overhead
            return Shelf(ghosts: GhostSet(count: min(limits.capacity, most)))
        }
    }

    /// A new answer has a tenth of the room until it was asked for again.
    private static let shareOfNew = 10
    /// Uses beyond these make no difference.
    private static let mostCredit = 3
    /// So many answers in use may be looked at before one goes all the same.
    private static let mostSteps = 1000
    /// About what an entry, its record in the table, its slot and their allocations take.
    private static let overhead = 256
}

extension CacheShelves {
    func count(_ shelf: ShelfName) -> Int { shelves[shelf.rawValue].count }

    func evictions(_ shelf: ShelfName) -> UInt64 { shelves[shelf.rawValue].evictions }

    var bytes: Int { shelves.reduce(0) { $0 + $1.bytes } }

    /// The one that takes more than half when together they take too much.
    var heavier: ShelfName {
        shelves[ShelfName.success.rawValue].bytes > shelves[ShelfName.denial.rawValue].bytes
            ? .success : .denial
    }

    /// What an answer takes, the key being kept twice.
    static func cost(key: Int, value: Int) -> Int { overhead + 2 * key + value }
}

extension CacheShelves {
    /// Makes an entry, among those in use if the key was seen lately.
    mutating func insert(_ key: [UInt8], _ shelf: ShelfName, end: UInt32, cost: Int) -> Int {
        let entry = takeFree()
        let isKnown = shelves[shelf.rawValue].ghosts.take(key)
        entries[entry] = CacheEntry(
            key: key, end: end, cost: cost, shelf: shelf, isInMain: isKnown)
        enqueue(entry)
        shelves[shelf.rawValue].bytes += cost
        return entry
    }

    /// Another answer to the same question stays where the one before was.
    mutating func update(_ entry: Int, end: UInt32, cost: Int, uses: Int) {
        shelves[entries[entry].shelf.rawValue].bytes += cost - entries[entry].cost
        entries[entry].cost = cost
        entries[entry].end = end
        addCredit(uses, to: entry)
    }

    mutating func remove(_ entry: Int) {
        dequeue(entry)
        shelves[entries[entry].shelf.rawValue].bytes -= entries[entry].cost
        entries[entry] = CacheEntry(next: free)
        free = entry
    }

    private mutating func takeFree() -> Int {
        guard free != CacheEntry.none else {
            entries.append(CacheEntry())
            return entries.count - 1
        }
        defer { free = entries[free].next }
        return free
    }

    private mutating func enqueue(_ entry: Int) {
        let shelf = entries[entry].shelf.rawValue
        if entries[entry].isInMain {
            shelves[shelf].main.append(entry, in: &entries)
        } else {
            shelves[shelf].new.append(entry, in: &entries)
        }
    }

    private mutating func dequeue(_ entry: Int) {
        let shelf = entries[entry].shelf.rawValue
        if entries[entry].isInMain {
            shelves[shelf].main.remove(entry, in: &entries)
        } else {
            shelves[shelf].new.remove(entry, in: &entries)
        }
    }

    private mutating func addCredit(_ uses: Int, to entry: Int) {
        entries[entry].credit = UInt8(min(Int(entries[entry].credit) + uses, Self.mostCredit))
    }
}

extension CacheShelves {
    /// Chooses the entry that goes, which is still to be removed; nil if there is none.
    mutating func victim(
        of name: ShelfName, at now: UInt32, _ table: borrowing SharedTableWriter
    ) -> Int? {
        let victim = choose(of: name, at: now, table)
        if victim != nil { shelves[name.rawValue].evictions += 1 }
        return victim
    }

    private mutating func choose(
        of name: ShelfName, at now: UInt32, _ table: borrowing SharedTableWriter
    ) -> Int? {
        for _ in 0..<Self.mostSteps {
            guard let entry = candidate(of: name) else { return nil }
            if entries[entry].end <= now { return entry }
            let key = entries[entry].key
            addCredit(table.takeTouches(key.span) ?? 0, to: entry)
            if !mayStay(entry) {
                if !entries[entry].isInMain {
                    shelves[name.rawValue].ghosts.insert(key)
                }
                return entry
            }
        }
        return candidate(of: name)
    }

    private func candidate(of name: ShelfName) -> Int? {
        let shelf = shelves[name.rawValue]
        if shelf.count == 0 { return nil }
        let takesNew = shelf.new.count * Self.shareOfNew >= shelf.count
        return takesNew ? shelf.new.first : shelf.main.first
    }

    /// Puts an entry that is in use to the end of the long queue; false if it is not.
    private mutating func mayStay(_ entry: Int) -> Bool {
        // One use of a new answer may be an asker's second try.
        let least: UInt8 = entries[entry].isInMain ? 1 : 2
        guard entries[entry].credit >= least else { return false }
        dequeue(entry)
        if entries[entry].isInMain { entries[entry].credit -= 1 }
        entries[entry].isInMain = true
        enqueue(entry)
        return true
    }

    /// Looks at some entries, all of them in turn; those whose time is over are to be removed.
    mutating func expired(at now: UInt32, steps: Int) -> [Int] {
        var expired: [Int] = []
        for _ in 0..<min(steps, entries.count) {
            hand = hand + 1 < entries.count ? hand + 1 : 0
            if !entries[hand].key.isEmpty && entries[hand].end <= now { expired.append(hand) }
        }
        return expired
    }
}
