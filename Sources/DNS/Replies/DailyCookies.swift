import Network

/// Makes cookies with another secret each day, and knows them again.
///
/// A cookie says when it was made, and so with which secret: those of the day before stay good until
/// they are too old (RFC 9018 section 5).
struct DailyCookies: Sendable {
    private let root: CookieSecret

    /// The days' secrets are made from one that is used for nothing else.
    init(_ root: CookieSecret) { self.root = root }

    private static let secondsOfDay: UInt32 = 86_400

    /// The secret for cookies that are made at a second since 1970.
    func secret(at second: UInt32) -> CookieSecret {
        let day = second / Self.secondsOfDay
        return CookieSecret(low: root.number(day, 0), high: root.number(day, 1))
    }

    func cookie(client: Span<UInt8>, address: IPAddress, at now: UInt32) -> ServerCookie {
        secret(at: now).cookie(client: client, address: address, at: now)
    }

    func accepts(_ sent: Span<UInt8>, address: IPAddress, at now: UInt32) -> Bool {
        guard sent.count == ServerCookie.length else { return false }
        let made = sent.bigEndian32(at: ServerCookie.timeOffset)
        return secret(at: made).accepts(sent, address: address, at: now)
    }
}
