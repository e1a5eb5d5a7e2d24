/// A part of the data of a record.
enum RecordField: UInt8, Hashable, Sendable {
    case ipv4, ipv6
    case name
    case integer8, integer16, integer32
    /// Seconds, which may be written as 1h30m.
    case duration
    /// A time of day, of RRSIG.
    case moment
    case type
    /// At most 255 octets behind their length.
    case text
    /// One text or several.
    case texts
    /// A text of letters and digits, of CAA.
    case tag
    /// The rest as one text without a length.
    case remainder
    /// The rest, which is not empty.
    case hexadecimal, base64
    /// What SVCB says beyond a name (RFC 9460).
    case parameters
}

extension RecordField {
    /// What the data of a type is made of; nil for types that are not known so well.
    static func layout(_ type: RecordType) -> [RecordField]? {
        switch type {
        case .a: [.ipv4]
        case .aaaa: [.ipv6]
        case .ns, .cname, .ptr, .dname: [.name]
        case .soa: [.name, .name, .integer32, .duration, .duration, .duration, .duration]
        case .mx: [.integer16, .name]
        case .txt: [.texts]
        case .srv: [.integer16, .integer16, .integer16, .name]
        case .caa: [.integer8, .tag, .remainder]
        case .hinfo: [.text, .text]
        case .naptr: [.integer16, .integer16, .text, .text, .text, .name]
        case .ds: [.integer16, .integer8, .integer8, .hexadecimal]
        case .dnskey: [.integer16, .integer8, .integer8, .base64]
        case .rrsig:
            [
                .type, .integer8, .integer8, .duration, .moment, .moment, .integer16, .name,
                .base64,
            ]
        case .svcb, .https: [.integer16, .name, .parameters]
        default: nil
        }
    }
}
