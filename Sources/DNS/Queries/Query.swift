/// What a query says beside its name.
package struct Query: Hashable, Sendable {
    package var id: UInt16 = 0
    package var flags = HeaderFlags()
    package var type = RecordType.a
    package var recordClass = RecordClass.internet
    /// Where the question ends in the message.
    package var questionEnd = 0
    /// What the OPT record says, if there is one.
    package var edns: EDNSRequest?

    package init() {}
}

/// The second and third octets' worth of a header (RFC 1035 section 4.1.1).
package struct HeaderFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let response = HeaderFlags(rawValue: 0x8000)
    package static let authoritative = HeaderFlags(rawValue: 0x0400)
    package static let truncated = HeaderFlags(rawValue: 0x0200)
    package static let recursionDesired = HeaderFlags(rawValue: 0x0100)
    package static let recursionAvailable = HeaderFlags(rawValue: 0x0080)
    package static let authenticData = HeaderFlags(rawValue: 0x0020)
    package static let checkingDisabled = HeaderFlags(rawValue: 0x0010)

    package static let opcodeMask: UInt16 = 0x7800
    /// What a reply repeats of the query: the opcode, RD and CD.
    package static let repeated = HeaderFlags(rawValue: opcodeMask | 0x0110)

    package var opcode: UInt8 { UInt8((rawValue & Self.opcodeMask) >> 11) }

    package var responseCode: ResponseCode { ResponseCode(rawValue: rawValue & 0xf) }
}

/// What a client says in its OPT record (RFC 6891).
package struct EDNSRequest: Hashable, Sendable {
    package var version: UInt8 = 0
    /// The client takes datagrams of so many bytes; less than 512 counts as 512.
    package var payloadSize: UInt16 = 512
    package var wantsDNSSEC = false
    package var wantsNSID = false
    package var wantsKeepalive = false
    package var hasPadding = false
    /// The message offset and length of a cookie of a permitted length (RFC 7873).
    package var cookie: Range<Int>?

    package init() {}
}

/// What is to be done with a message that came to a server.
package enum QueryVerdict: Hashable, Sendable {
    /// It is a question to be answered.
    case question
    /// It asks for nothing but a cookie (RFC 7873 section 5.4).
    case cookieRequest
    /// It is none that anything may be said to.
    case drop
    /// It is refused with a bare header, as its question cannot be relied on.
    case refuse(ResponseCode)
}
