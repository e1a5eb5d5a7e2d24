extension ExtendedError: CustomStringConvertible {
    /// What the code means, in words (RFC 8914 section 4, and IANA's list of what came after).
    package var description: String {
        Int(rawValue) < Self.meanings.count ? Self.meanings[Int(rawValue)] : "code \(rawValue)"
    }

    private static let meanings = [
        "other", "unsupported DNSKEY algorithm", "unsupported DS digest type", "stale answer",
        "forged answer", "DNSSEC indeterminate", "DNSSEC bogus", "signature expired",
        "signature not yet valid", "DNSKEY missing", "RRSIGs missing", "no zone key bit set",
        "NSEC missing", "cached error", "not ready", "blocked", "censored", "filtered",
        "prohibited", "stale NXDOMAIN answer", "not authoritative", "not supported",
        "no reachable authority", "network error", "invalid data",
        "signature expired before valid", "too early", "unsupported NSEC3 iterations",
        "unable to conform to policy", "synthesized",
    ]
}

/// A reason that a message gives for what it says.
package struct StatedReason: Hashable, Sendable {
    package let code: ExtendedError
    /// The server's own words, which may be missing.
    package let text: String
}

extension Message {
    /// Why the answer is what it is, as far as the server says it (RFC 8914).
    package var reasons: [StatedReason] {
        (edns?.options ?? []).compactMap { option in
            guard option.code == .extendedError, option.data.count >= 2 else { return nil }
            let code = ExtendedError(rawValue: option.data.span.bigEndian16(at: 0))
            let text = String(decoding: option.data.dropFirst(2), as: UTF8.self)
            return StatedReason(code: code, text: text.filter { $0 != "\0" })
        }
    }
}
