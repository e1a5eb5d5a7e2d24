/// What a cached answer says beside the records that were put into the message.
package struct CacheHit: Hashable, Sendable {
    package let kind: CacheKind
    package let responseCode: ResponseCode
    package let answers, authorities, additionals: UInt16
    /// Where the message ends now.
    package let end: Int
    /// Not everything found room.
    package let isTruncated: Bool
    /// An upstream vouched for it, and the asker wants to know that.
    package let isAuthentic: Bool
    /// Its time is over, and nobody had a newer one.
    package let isStale: Bool
    /// Who got this is to have the answer fetched anew.
    package let wantsRefresh: Bool
    /// Why there is no better one (RFC 8914).
    package let extendedError: UInt16?
}

/// What one reader saw.
package struct CacheCounts: Hashable, Sendable {
    package var successes: UInt64 = 0
    package var denials: UInt64 = 0
    package var misses: UInt64 = 0
    package var prefetches: UInt64 = 0
    package var stale: UInt64 = 0

    package init() {}

    package var requests: UInt64 { successes + denials + misses }

    mutating func add(_ hit: CacheHit?) {
        guard let hit else {
            misses += 1
            return
        }
        if hit.kind == .success { successes += 1 } else { denials += 1 }
        if hit.isStale {
            stale += 1
        } else if hit.wantsRefresh {
            prefetches += 1
        }
    }
}
