import Platform

/// One thread's view of the cache: looks take neither memory nor locks.
package struct CacheReader: Sendable {
    private let table: SharedTable
    private let settings: ReadingSettings
    private var key = CacheKey()
    package private(set) var counts = CacheCounts()

    init(_ table: SharedTable, _ settings: CacheSettings) {
        self.table = table
        self.settings = ReadingSettings(settings)
    }
}

/// The settings that readers need.
struct ReadingSettings: Sendable {
    let prefetch: CacheSettings.Prefetch?
    let stale: CacheSettings.Stale?
    let keepsTTL: Bool

    init(_ settings: CacheSettings) {
        prefetch = settings.prefetch
        stale = settings.stale
        keepsTTL = settings.keepsTTL
    }
}

extension CacheReader {
    /// Puts an answer behind the question of a message, which ends where the place begins.
    ///
    /// The caller is inside the cache's epochs. `acceptsStale` is for when an attempt to get a newer
    /// answer has failed or takes too long; `rotation` says which address comes first.
    package mutating func answer(
        _ query: Query, _ name: borrowing QuestionName, at now: UInt32, acceptsStale: Bool = false,
        rotation: UInt32 = 0, into message: inout MutableSpan<UInt8>, in place: Range<Int>
    ) -> CacheHit? {
        key.assign(query, name)
        let hit = look(
            query, at: now, acceptsStale: acceptsStale, rotation: rotation, into: &message,
            in: place)
        counts.add(hit)
        return hit
    }

    @inline(__always)
    private borrowing func look(
        _ query: Query, at now: UInt32, acceptsStale: Bool, rotation: UInt32,
        into message: inout MutableSpan<UInt8>, in place: Range<Int>
    ) -> CacheHit? {
        guard let value = table.record(key.span) else { return nil }
        let answer = StoredAnswer(value.octets)
        guard let age = settings.age(of: answer, at: now, acceptsStale: acceptsStale) else {
            return nil
        }
        value.touch()
        let copied = answer.copy(
            into: &message, in: place, life: settings.life(age), rotation: rotation)
        return CacheHit(
            kind: answer.kind, responseCode: answer.responseCode, answers: copied.answers,
            authorities: copied.authorities, additionals: copied.additionals, end: copied.end,
            isTruncated: copied.isTruncated,
            isAuthentic: answer.isAuthentic && query.wantsAuthenticity, isStale: age.isStale,
            wantsRefresh: settings.claimRefresh(of: value, answer, age, at: now),
            extendedError: answer.extendedError)
    }
}

extension Query {
    /// RFC 6840 section 5.8.
    fileprivate var wantsAuthenticity: Bool {
        flags.contains(.authenticData) || edns?.wantsDNSSEC ?? false
    }
}

/// How old an answer is.
enum Age {
    /// Seconds since it came, and until it ends.
    case fresh(since: UInt32, left: UInt32)
    case stale

    var isStale: Bool { if case .stale = self { true } else { false } }
}

extension ReadingSettings {
    /// Nil if the answer is not to be given.
    @inline(__always)
    func age(of answer: StoredAnswer, at now: UInt32, acceptsStale: Bool) -> Age? {
        let expiry = answer.expiry
        if now < expiry {
            return .fresh(since: now.saturatingSubtract(answer.stored), left: expiry - now)
        }
        guard let stale, answer.kind != .failure, now - expiry < stale.seconds else { return nil }
        let mayWait = stale.verifies && !acceptsStale && now >= answer.recheck
        return mayWait ? nil : .stale
    }

    @inline(__always)
    func life(_ age: Age) -> ServedLife {
        switch age {
        case .fresh(let since, _): keepsTTL ? .asStored : .aged(since)
        case .stale: .fixed(stale?.ttl ?? 0)
        }
    }
}
