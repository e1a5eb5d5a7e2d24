/// Where the counts of one zone stand among its cells.
///
/// Every label has a fixed set of values, so that no question can make memory or metrics grow (X20).
enum CountPlace {
    /// As many zones are told apart: the first is for questions of no zone, the last for all others.
    static var zones: Int { 16 }
    /// Cells of one zone, with some to spare.
    static var stride: Int { 272 }

    static var protocols: Int { 2 }
    static var families: Int { 2 }
    static var types: Int { CountedType.names.count }
    static var sources: Int { 6 }
    static var codes: Int { 15 }
    /// The upper bounds, what is beyond them, and the sum.
    static var sizeCells: Int { 16 }
    static var cacheUseCells: Int { 5 }
    static var limitedCells: Int { 2 }

    static var requests: Int { 0 }
    static var dnssec: Int { requests + protocols * families * types }
    static var responses: Int { dnssec + 1 }
    static var requestSizes: Int { responses + sources * codes }
    static var responseSizes: Int { requestSizes + protocols * sizeCells }
    static var durations: Int { responseSizes + protocols * sizeCells }
    static var cacheUses: Int { durations + durationBounds + 2 }
    static var limited: Int { cacheUses + cacheUseCells }
    static var searches: Int { limited + limitedCells }

    static var durationBounds: Int { 16 }
}

/// What made an answer; CoreDNS's label `plugin`.
package enum AnswerSource: UInt8, Hashable, Sendable, CaseIterable {
    /// The server itself, as with a refusal.
    case server
    case kubernetes, cache, forward, hosts, file

    package var label: String { self == .server ? "" : "\(self)" }
}

/// What came of a look into a cache.
package enum CacheUse: Int, Hashable, Sendable, CaseIterable {
    case success, denial, miss, prefetch, stale
}

/// What became of a datagram whose client asked more than it may.
package enum LimitedUse: Int, Hashable, Sendable, CaseIterable {
    case dropped
    /// Got a reply that only says what else to do.
    case shortened
}

/// The types that have a label of their own (D95).
enum CountedType {
    static let names = [
        "A", "AAAA", "CNAME", "DNSKEY", "DS", "MX", "NSEC3", "NSEC", "NS", "PTR", "RRSIG", "SOA",
        "SRV", "TXT", "HTTPS", "IXFR", "AXFR", "ANY", "other",
    ]

    /// The place of a type among the names.
    @inline(__always)
    static func index(_ type: RecordType) -> Int {
        switch type.rawValue {
        case 1: 0
        case 28: 1
        case 5: 2
        case 48: 3
        case 43: 4
        case 15: 5
        case 50: 6
        case 47: 7
        case 2: 8
        case 12: 9
        case 46: 10
        case 6: 11
        case 33: 12
        case 16: 13
        case 65: 14
        case 251: 15
        case 252: 16
        case 255: 17
        default: 18
        }
    }
}

/// The response codes that have a label of their own.
enum CountedCode {
    /// The place of a code: those of RFC 2136 as they are, then BADVERS, BADCOOKIE and all others.
    @inline(__always)
    static func index(_ code: ResponseCode) -> Int {
        switch code {
        case .badVersion: 12
        case .badCookie: 13
        default: code.rawValue < 12 ? Int(code.rawValue) : 14
        }
    }

    static func label(_ index: Int) -> String {
        switch index {
        case 12: "\(ResponseCode.badVersion)"
        case 13: "\(ResponseCode.badCookie)"
        case 14: "other"
        default: "\(ResponseCode(rawValue: UInt16(index)))"
        }
    }
}

/// The upper bounds that CoreDNS has for sizes.
enum CountedSize {
    static let bounds: [Double] = [
        0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16e3, 32e3, 48e3, 64e3,
    ]

    /// The place of a size among the bounds, or behind them.
    @inline(__always)
    static func index(_ size: Int) -> Int {
        if size <= 400 { return (size + 99) / 100 }
        if size <= 511 { return 5 }
        if size <= 1023 { return 6 }
        if size <= 2047 { return 7 }
        if size <= 4095 { return 8 }
        if size <= 8291 { return 9 }
        if size <= 16000 { return 10 }
        return size <= 32000 ? 11 : size <= 48000 ? 12 : size <= 64000 ? 13 : 14
    }
}

/// The upper bounds that CoreDNS has for durations: a quarter of a millisecond, doubled on and on.
enum CountedDuration {
    static var shortest: UInt64 { 250_000 }

    /// The place of so many nanoseconds among the bounds, or behind them.
    @inline(__always)
    static func index(_ nanoseconds: UInt64) -> Int {
        if nanoseconds <= shortest { return 0 }
        let ratio = (nanoseconds - 1) / shortest
        return min(64 - ratio.leadingZeroBitCount, CountPlace.durationBounds)
    }
}
