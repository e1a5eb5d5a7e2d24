/// What the writer knows of an answer in the table.
struct CacheEntry: Sendable {
    var key: [UInt8] = []
    /// When it is of no use any more.
    var end: UInt32 = 0
    var cost = 0
    var shelf = ShelfName.success
    var isInMain = false
    /// Uses that were seen and have not been spent on staying.
    var credit: UInt8 = 0
    var previous = CacheEntry.none
    /// The next in its queue, or the next that is free.
    var next = CacheEntry.none

    /// No entry's number.
    static let none = -1
}

/// Answers that take room from each other.
enum ShelfName: Int, Sendable, CaseIterable {
    case success, denial

    init(_ kind: CacheKind) { self = kind == .success ? .success : .denial }
}

/// Entries in the order they came, linked by their numbers.
struct EntryQueue: Sendable {
    private(set) var first = CacheEntry.none
    private var last = CacheEntry.none
    private(set) var count = 0

    mutating func append(_ entry: Int, in entries: inout [CacheEntry]) {
        entries[entry].previous = last
        entries[entry].next = CacheEntry.none
        if last == CacheEntry.none { first = entry } else { entries[last].next = entry }
        last = entry
        count += 1
    }

    mutating func remove(_ entry: Int, in entries: inout [CacheEntry]) {
        let (previous, next) = (entries[entry].previous, entries[entry].next)
        if previous == CacheEntry.none { first = next } else { entries[previous].next = next }
        if next == CacheEntry.none { last = previous } else { entries[next].previous = previous }
        count -= 1
    }
}

/// Remembers, for a while, which keys went.
struct GhostSet: Sendable {
    /// A part of a key's hash where another part of it says; who comes later takes the place.
    private var hashes: [UInt32]

    /// Room for at least so many keys.
    init(count: Int) {
        var size = 64
        while size < count { size *= 2 }
        hashes = [UInt32](repeating: 0, count: size)
    }

    mutating func insert(_ key: [UInt8]) {
        let (place, mark) = position(of: key)
        hashes[place] = mark
    }

    /// Whether a key is remembered, which it is no longer then.
    mutating func take(_ key: [UInt8]) -> Bool {
        let (place, mark) = position(of: key)
        guard hashes[place] == mark else { return false }
        hashes[place] = 0
        return true
    }

    private func position(of key: [UInt8]) -> (place: Int, mark: UInt32) {
        let hash = UInt(bitPattern: key.hashValue)
        // Zero is an empty place.
        return (Int(hash % UInt(hashes.count)), UInt32(truncatingIfNeeded: hash >> 32) | 1)
    }
}
