/// What is kept of upstreams' answers, and for how long.
package struct CacheSettings: Hashable, Sendable {
    /// How many answers of a kind are kept, and for how many seconds.
    package struct Limits: Hashable, Sendable {
        package var capacity: Int
        package var longest: UInt32
        /// What would be kept for less is kept for this long, unless it is not to be kept at all.
        package var shortest: UInt32 = 5
        /// Where answers of the kind are not kept.
        package var disabled: [DomainName] = []

        package init(capacity: Int = standardCapacity, longest: UInt32) {
            self.capacity = capacity
            self.longest = longest
        }
    }

    /// Answers that are asked for often are fetched anew before they end.
    package struct Prefetch: Hashable, Sendable {
        package var amount: UInt32
        /// Questions that are so many seconds apart are counted from one again.
        package var gap: UInt32 = 60
        /// Of the time an answer is kept, how much is left when it is fetched.
        package var percentage: UInt32 = 10

        package init(amount: UInt32) { self.amount = amount }
    }

    /// Answers are given beyond their time if nobody has a new one (RFC 8767).
    package struct Stale: Hashable, Sendable {
        package var seconds: UInt32 = 3600
        /// Whether an attempt to get a new answer comes before the old one is given.
        package var verifies = false
        /// RFC 8767 section 4.
        package var ttl: UInt32 = 30

        package init() {}
    }

    package var success = Limits(longest: 3600)
    package var denial = Limits(longest: 1800)
    /// How long a failure is remembered; RFC 9520 asks for 1 to 300 seconds.
    package var failure: UInt32 = 5
    package var prefetch: Prefetch?
    package var stale: Stale?
    package var keepsTTL = false
    /// How much memory all answers together may take.
    package var bytes = 32 << 20

    package init() {}

    /// CoreDNS's 256 shards of 39 answers.
    package static let standardCapacity = 9984
}

/// What an answer says, as far as a cache is concerned.
package enum CacheKind: UInt8, Hashable, Sendable, CaseIterable {
    /// There are records.
    case success
    /// There is no such name, or it has none of the type.
    case denial
    /// Nobody could tell.
    case failure
}

extension CacheSettings {
    /// Failures are kept among the denials.
    func limits(_ kind: CacheKind) -> Limits { kind == .success ? success : denial }

    /// When an answer is of no use any more.
    func end(of kind: CacheKind, expiry: UInt32) -> UInt32 {
        kind == .failure ? expiry : expiry.saturatingAdd(stale?.seconds ?? 0)
    }
}

extension UInt32 {
    func saturatingAdd(_ other: UInt32) -> UInt32 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    func saturatingSubtract(_ other: UInt32) -> UInt32 { self > other ? self - other : 0 }
}
