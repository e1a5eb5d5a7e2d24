/// What a reply says in its OPT record, beside the upper bits of its code.
package struct EDNSReply: Sendable {
    /// The longest query that is taken, which is not what the client takes.
    package var payloadSize: UInt16
    package var wantsDNSSEC = false
    package var cookie: ServerCookie?
    /// How long an idle connection stays open, in tenths of a second (RFC 7828).
    package var keepalive: UInt16?

    package init(payloadSize: UInt16) { self.payloadSize = payloadSize }

    /// How long the OPT record gets, a reason included.
    package var length: Int {
        let fixed = 11
        let option = 4
        return fixed + (cookie == nil ? 0 : option + ServerCookie.length)
            + (keepalive == nil ? 0 : option + 2) + option + 2
    }
}

/// Why an answer is what it is, as numbered by IANA (RFC 8914).
package struct ExtendedError: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let other = ExtendedError(rawValue: 0)
    package static let staleAnswer = ExtendedError(rawValue: 3)
    package static let cachedError = ExtendedError(rawValue: 13)
    package static let notReady = ExtendedError(rawValue: 14)
    package static let blocked = ExtendedError(rawValue: 15)
    package static let filtered = ExtendedError(rawValue: 17)
    package static let prohibited = ExtendedError(rawValue: 18)
    package static let notAuthoritative = ExtendedError(rawValue: 20)
    package static let notSupported = ExtendedError(rawValue: 21)
    package static let noReachableAuthority = ExtendedError(rawValue: 22)
    package static let networkError = ExtendedError(rawValue: 23)
    package static let invalidData = ExtendedError(rawValue: 24)
}
