/// `cache`: answers that are kept for a while.
package struct CacheOptions: Hashable, Sendable {
    /// How many answers of a kind are kept, and for how long.
    package struct Store: Hashable, Sendable {
        package var capacity = CacheOptions.standardCapacity
        package var longest: Duration
        package var shortest: Duration = .seconds(5)
        /// Where answers of the kind are not kept.
        package var disabled: [DomainName] = []
    }

    /// Answers that are asked for often are fetched anew before they end.
    package struct Prefetch: Hashable, Sendable {
        package var amount: Int
        /// Questions further apart than this are counted from one again.
        package var gap: Duration = .seconds(60)
        /// Of the time an answer may be kept, how much is left when it is fetched.
        package var percentage = 10
    }

    /// Answers are given beyond their time if nobody has a new one.
    package struct Stale: Hashable, Sendable {
        package var duration: Duration = .seconds(3600)
        /// Whether the old answer waits for an attempt to get a new one.
        package var verifies = false
    }

    package var zones: [DomainName]
    package var success = Store(longest: .seconds(3600))
    package var denial = Store(longest: .seconds(1800))
    package var prefetch: Prefetch?
    package var stale: Stale?
    package var servfail: Duration = .seconds(5)
    package var keepsTTL = false

    /// CoreDNS's 256 shards of 39 answers.
    package static let standardCapacity = 9984
    package static let leastCapacity = 1024
}

extension CacheOptions {
    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        var values = directive.values
        if let first = values.first, Int(first.text) != nil {
            let ttl = try directive.seconds(first, from: 1)
            (success.longest, denial.longest) = (ttl, ttl)
            values.removeFirst()
        }
        zones = try directive.zones(values, or: context)
        for option in try directive.options() { try take(option) }
    }

    private mutating func take(_ option: Directive) throws(CorefileError) {
        switch option.name {
        case "success": try success.take(option)
        case "denial": try denial.take(option)
        case "prefetch": prefetch = try Prefetch(option)
        case "serve_stale": stale = try Stale(option)
        case "servfail":
            servfail = try option.duration(
                option.value("servfail DURATION"), in: .zero...Self.longestServfail)
        case "disable": try disable(option)
        case "keepttl": keepsTTL = try option.flag()
        default: throw option.unknownOption(Self.known)
        }
    }

    /// RFC 2308 section 7.1.
    private static let longestServfail = Duration.seconds(300)

    private mutating func disable(_ option: Directive) throws(CorefileError) {
        var values = try option.atLeastOne("disable success|denial [ZONE …]")
        let store = try option.choice(
            values.removeFirst(), ["success": \CacheOptions.success, "denial": \.denial])
        self[keyPath: store].disabled += try values.isEmpty ? [.root] : option.zones(values)
    }

    private static let known = [
        "success", "denial", "prefetch", "serve_stale", "servfail", "disable", "keepttl",
    ]
}

extension CacheOptions.Store {
    /// More answers than any memory holds.
    private static let mostCapacity = 100_000_000

    fileprivate mutating func take(_ option: Directive) throws(CorefileError) {
        let values = Array(
            try option.expect(1...3, "\(option.name) CAPACITY [TTL] [MINTTL]"))
        capacity = max(
            CacheOptions.leastCapacity, try option.number(values[0], in: 0...Self.mostCapacity))
        if values.count > 1 { longest = try option.seconds(values[1], from: 1) }
        if values.count > 2 { shortest = try option.seconds(values[2], from: 0) }
    }
}

extension CacheOptions.Prefetch {
    fileprivate init(_ option: Directive) throws(CorefileError) {
        let values = Array(try option.expect(1...3, "prefetch AMOUNT [DURATION [PERCENTAGE%]]"))
        amount = try option.number(values[0], in: 0...Int(Int32.max))
        if values.count > 1 { gap = try option.duration(values[1]) }
        guard values.count > 2 else { return }
        guard let percentage = Int(values[2].text.dropLast()), values[2].text.last == "%",
            (10...90).contains(percentage)
        else { throw option.unsuitable(values[2], "write a percentage of 10% to 90%") }
        self.percentage = percentage
    }
}

extension CacheOptions.Stale {
    fileprivate init(_ option: Directive) throws(CorefileError) {
        let values = Array(try option.expect(0...2, "serve_stale [DURATION] [immediate|verify]"))
        if !values.isEmpty { duration = try option.duration(values[0]) }
        if values.count > 1 {
            verifies = try option.choice(values[1], ["immediate": false, "verify": true])
        }
    }
}

extension Directive {
    /// A TTL (RFC 2181 section 8).
    fileprivate func seconds(_ word: Word, from least: Int) throws(CorefileError) -> Duration {
        .seconds(try number(word, in: least...Int(Int32.max)))
    }
}
