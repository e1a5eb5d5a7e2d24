package import Platform

/// The one right to change the cache: it belongs to whoever hears upstreams' answers.
package struct CacheWriter: ~Copyable, Sendable {
    package let settings: CacheSettings
    private var table: SharedTableWriter
    private var shelves: CacheShelves
    /// Answers that were not to their question.
    package private(set) var drops: UInt64 = 0

    package init(_ settings: CacheSettings, readers epochs: Epochs) throws(PlatformError) {
        self.settings = settings
        table = try SharedTableWriter(readers: epochs, hasNotes: true)
        shelves = CacheShelves(settings)
    }

    /// For one more thread.
    package borrowing func reader() -> CacheReader { CacheReader(table.table, settings) }

    /// RFC 8767 section 5: who just failed is left alone for so many seconds.
    private static var recheck: UInt32 { 30 }
    /// One answer takes at most this share of all room.
    private static var largestShare: Int { 16 }
    /// Entries that are looked at for each that is stored.
    private static var sweep: Int { 4 }
}

extension CacheWriter {
    package borrowing func count(_ kind: CacheKind) -> Int { shelves.count(ShelfName(kind)) }

    package borrowing func evictions(_ kind: CacheKind) -> UInt64 {
        shelves.evictions(ShelfName(kind))
    }

    /// About how much memory all answers take.
    package borrowing func bytes() -> Int { shelves.bytes }
}

extension CacheWriter {
    /// Takes what an upstream said and belongs to the question, with the caller's seconds; says what
    /// became of it.
    @discardableResult
    package mutating func store(
        _ message: Message, for key: CacheKey, at now: UInt32
    ) -> Keeping {
        guard key.isAsked(in: message) else {
            drops += 1
            return .nothing
        }
        // Part of an answer says nothing of the one that is there.
        if message.flags.contains(.truncated) { return .nothing }
        let keeping = settings.keeping(message, for: key)
        guard case .keep(let kind, let seconds) = keeping else {
            remove(key)
            return .nothing
        }
        if kind == .failure {
            storeFailure(message.responseCode, for: key, at: now)
            return keeping
        }
        let limited = settings.limited(message, to: keeping, for: key)
        guard var answer = StoredAnswerEncoder(limited, kind, for: key) else {
            remove(key)
            return .nothing
        }
        answer.setTimes(stored: now, expiry: now.saturatingAdd(seconds))
        return put(&answer, kind, for: key, at: now) ? keeping : .nothing
    }

    /// Remembers that nobody could tell; an answer that is of use in spite of its age stays.
    package mutating func storeFailure(
        _ code: ResponseCode = .serverFailure, extendedError: UInt16? = nil, for key: CacheKey,
        at now: UInt32
    ) {
        if let entry = entry(of: key), hasUse(entry, at: now), let value = table.value(key.span) {
            var answer = StoredAnswerEncoder(value)
            answer.setRecheck(now.saturatingAdd(Self.recheck))
            shelves.update(
                entry, end: shelves.entries[entry].end, cost: shelves.entries[entry].cost,
                uses: table.takeTouches(key.span) ?? 0)
            return table.put(answer.octets.span, at: key.span)
        }
        guard settings.failure > 0, settings.denial.capacity > 0 else { return }
        var answer = StoredAnswerEncoder(failure: code, extendedError: extendedError)
        answer.setTimes(stored: now, expiry: now.saturatingAdd(settings.failure))
        put(&answer, .failure, for: key, at: now)
    }

    /// Takes out answers whose time is over, looking at some of them.
    package mutating func expire(at now: UInt32, steps: Int) {
        for entry in shelves.expired(at: now, steps: steps) { remove(entry) }
        table.collect()
    }

    package mutating func remove(_ key: CacheKey) {
        if let entry = entry(of: key) { remove(entry) }
    }
}

extension CacheWriter {
    private borrowing func entry(of key: CacheKey) -> Int? {
        guard let value = table.table.record(key.span) else { return nil }
        return StoredAnswer(value.octets).entry
    }

    private borrowing func hasUse(_ entry: Int, at now: UInt32) -> Bool {
        let key = shelves.entries[entry].key
        guard let value = table.table.record(key.span) else { return false }
        return StoredAnswer(value.octets).kind != .failure && shelves.entries[entry].end > now
    }

    @discardableResult
    private mutating func put(
        _ answer: inout StoredAnswerEncoder, _ kind: CacheKind, for key: CacheKey, at now: UInt32
    ) -> Bool {
        expire(at: now, steps: Self.sweep)
        let cost = CacheShelves.cost(key: key.span.count, value: answer.octets.count)
        guard cost <= settings.bytes / Self.largestShare else {
            remove(key)
            return false
        }
        let end = settings.end(
            of: kind, expiry: StoredAnswer(answer.octets.span).expiry)
        answer.setEntry(place(key, ShelfName(kind), end: end, cost: cost))
        table.put(answer.octets.span, at: key.span)
        makeRoom(on: ShelfName(kind), at: now)
        return true
    }

    /// The entry of a key, on the shelf it is to be on.
    private mutating func place(
        _ key: CacheKey, _ shelf: ShelfName, end: UInt32, cost: Int
    ) -> Int {
        if let entry = entry(of: key) {
            if shelves.entries[entry].shelf == shelf {
                let uses = table.takeTouches(key.span) ?? 0
                shelves.update(entry, end: end, cost: cost, uses: uses)
                return entry
            }
            shelves.remove(entry)
        }
        return shelves.insert(key.span.octets(0..<key.span.count), shelf, end: end, cost: cost)
    }

    private mutating func makeRoom(on shelf: ShelfName, at now: UInt32) {
        while shelves.count(shelf) > settings.capacity(of: shelf),
            let victim = shelves.victim(of: shelf, at: now, table)
        {
            remove(victim)
        }
        while shelves.bytes > settings.bytes,
            let victim = shelves.victim(of: shelves.heavier, at: now, table)
        {
            remove(victim)
        }
    }

    private mutating func remove(_ entry: Int) {
        let key = shelves.entries[entry].key
        table.remove(key.span)
        shelves.remove(entry)
    }
}

extension CacheSettings {
    fileprivate func capacity(of shelf: ShelfName) -> Int {
        shelf == .success ? success.capacity : denial.capacity
    }
}
