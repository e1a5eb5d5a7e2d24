package import Network

/// `ratelimit`: how many questions a client may ask in datagrams.
package struct RateLimitOptions: Hashable, Sendable {
    /// In a second, on and on.
    package var rate: Int
    /// At once, after a while without any.
    package var burst: Int
    /// Of so many datagrams beyond that, one gets a short reply; zero is none.
    package var slip = 2
    /// Addresses of IPv6 that begin alike for so many bits are one client's.
    ///
    /// Pods of a node often have the first 64 in common, which is why they do not count as one.
    package var prefixLength: UInt8 = 128
    /// Who may ask as often as they like.
    package var exceptions: [CIDR] = []

    package init(rate: Int) {
        self.rate = rate
        burst = rate
    }

    /// More than a thread can read.
    private static let most = 10_000_000
    private static let mostSlip = 1000
}

extension RateLimitOptions {
    init(_ directive: Directive) throws(CorefileError) {
        let rate = try directive.value("ratelimit QUESTIONS-PER-SECOND")
        self.init(rate: try directive.number(rate, in: 1...Self.most))
        for option in try directive.options() { try take(option) }
    }

    private mutating func take(_ option: Directive) throws(CorefileError) {
        switch option.name {
        case "burst":
            burst = try option.number(option.value("burst QUESTIONS"), in: 1...Self.most)
        case "slip":
            slip = try option.number(option.value("slip NUMBER"), in: 0...Self.mostSlip)
        case "ipv6_prefix":
            let length = try option.value("ipv6_prefix LENGTH")
            prefixLength = UInt8(try option.number(length, in: 1...128))
        case "except":
            for word in try option.atLeastOne("except NETWORK …") {
                exceptions.append(try option.network(word))
            }
        default: throw option.unknownOption(["burst", "slip", "ipv6_prefix", "except"])
        }
    }
}
