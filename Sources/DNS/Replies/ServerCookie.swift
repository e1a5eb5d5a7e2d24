package import Network

/// A cookie as a server gives it to a client (RFC 9018): the client's own, and one only servers can make.
package struct ServerCookie: Sendable {
    fileprivate(set) var content: [24 of UInt8] = .init(repeating: 0)

    package static let length = 24
    /// Where it says when it was made.
    static let timeOffset = 12

    package var octets: Span<UInt8> {
        @_lifetime(borrow self) get { content.span }
    }
}

/// What servers that answer for each other make cookies with.
package struct CookieSecret: Hashable, Sendable {
    private let low: UInt64
    private let high: UInt64

    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

extension CookieSecret {
    /// A cookie that is good from this moment on, as seconds since 1970 count it.
    package func cookie(
        client: Span<UInt8>, address: IPAddress, at now: UInt32
    ) -> ServerCookie {
        var cookie = ServerCookie()
        for index in 0..<8 { cookie.content[index] = client[index] }
        // Version 1, and three octets that are reserved.
        cookie.content[8] = 1
        for index in 0..<4 {
            let octet = now >> UInt32(24 - 8 * index)
            cookie.content[ServerCookie.timeOffset + index] = UInt8(truncatingIfNeeded: octet)
        }
        let hash = self.hash(cookie.octets, address)
        for index in 0..<8 {
            cookie.content[16 + index] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * index))
        }
        return cookie
    }

    /// Whether a cookie is one of ours, for this client, and not too old (RFC 9018 section 4.3).
    package func accepts(_ sent: Span<UInt8>, address: IPAddress, at now: UInt32) -> Bool {
        guard sent.count == ServerCookie.length, sent[8] == 1 else { return false }
        let age = Int32(bitPattern: now &- sent.bigEndian32(at: ServerCookie.timeOffset))
        guard age <= Self.oldestAge, age >= -Self.clockDifference else { return false }
        // All octets are looked at, so that the time taken tells nothing.
        var difference = hash(sent, address)
        for index in 0..<8 { difference ^= UInt64(sent[16 + index]) << UInt64(8 * index) }
        return difference == 0
    }

    /// An hour.
    private static var oldestAge: Int32 { 3600 }
    /// Five minutes.
    private static var clockDifference: Int32 { 300 }

    /// A number that nobody can tell without the secret.
    func number(_ first: UInt32, _ second: UInt8) -> UInt64 {
        var hash = SipHash(low, high)
        for index in 0..<4 { hash.add(UInt8(truncatingIfNeeded: first >> UInt32(8 * index))) }
        hash.add(second)
        return hash.finished()
    }

    /// What stands before the hash goes into it, reserved octets as they came.
    private func hash(_ cookie: Span<UInt8>, _ address: IPAddress) -> UInt64 {
        var hash = SipHash(low, high)
        for index in 0..<16 { hash.add(cookie[index]) }
        switch address {
        case .v4(let address): for index in 0..<4 { hash.add(address.octets[index]) }
        case .v6(let address): for index in 0..<16 { hash.add(address.octets[index]) }
        }
        return hash.finished()
    }
}
