import Network

/// Names that are never asked for elsewhere (RFC 6761, RFC 6303, RFC 7686).
enum SpecialNames {
    /// Puts the answer of such a name; false for any other.
    static func answer(
        _ name: borrowing QuestionName, _ type: RecordType, into reply: inout ReplyWriter
    ) -> Bool {
        guard name.labelCount > 0 else { return false }
        let last = name.label(name.labelCount - 1)
        if last.isEqual(to: "localhost") {
            putLoopback(type, into: &reply)
        } else if last.isEqual(to: "invalid") || last.isEqual(to: "onion") {
            reply.code = .nameError
        } else if let address = ReverseName(name)?.loopback {
            putName(of: address, type, into: &reply)
        } else {
            return false
        }
        return true
    }

    /// Whether a name is one of these.
    static func contains(_ name: borrowing QuestionName) -> Bool {
        guard name.labelCount > 0 else { return false }
        let last = name.label(name.labelCount - 1)
        for label in ["localhost", "invalid", "onion"] where last.isEqual(to: label) {
            return true
        }
        return ReverseName(name)?.loopback != nil
    }

    /// Whether a name is one of these, or a client made it of localhost and a search list.
    static func isLocal(_ name: borrowing QuestionName) -> Bool {
        if name.labelCount > 0, name.label(0).isEqual(to: "localhost") { return true }
        return contains(name)
    }

    static func putLoopback(_ type: RecordType, into reply: inout ReplyWriter) {
        let address: IPAddress? =
            switch type {
            case .a: .v4(IPv4Address(127, 0, 0, 1))
            case .aaaa: .v6(IPv6Address(high: 0, low: 1))
            default: nil
            }
        if let address { _ = reply.put(address, ttl: ttl) }
    }

    /// `localhost` for the one address of either family that is called so.
    private static func putName(
        of address: IPAddress, _ type: RecordType, into reply: inout ReplyWriter
    ) {
        let isLocalhost = address == .v4(IPv4Address(127, 0, 0, 1)) || address.family == .v6
        guard isLocalhost else {
            reply.code = .nameError
            return
        }
        let name: [11 of UInt8] = [9, 0x6c, 0x6f, 0x63, 0x61, 0x6c, 0x68, 0x6f, 0x73, 0x74, 0]
        if type == .ptr, reply.begin(.ptr, ttl: ttl, length: name.count) { reply.put(name.span) }
    }

    /// A day: it never changes.
    private static var ttl: UInt32 { 86400 }
}

extension ReverseName {
    /// The address, if it is a whole one of this machine's own.
    fileprivate var loopback: IPAddress? {
        guard isWhole else { return nil }
        switch address {
        case .v4(let four): return four.rawValue >> 24 == 127 ? address : nil
        case .v6(let six): return six.rawValue == 1 ? address : nil
        }
    }
}
