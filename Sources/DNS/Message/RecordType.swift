/// The type of a record or question, as numbered by IANA.
package struct RecordType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let a = RecordType(rawValue: 1)
    package static let ns = RecordType(rawValue: 2)
    package static let cname = RecordType(rawValue: 5)
    package static let soa = RecordType(rawValue: 6)
    package static let ptr = RecordType(rawValue: 12)
    package static let hinfo = RecordType(rawValue: 13)
    package static let mx = RecordType(rawValue: 15)
    package static let txt = RecordType(rawValue: 16)
    package static let aaaa = RecordType(rawValue: 28)
    package static let srv = RecordType(rawValue: 33)
    package static let naptr = RecordType(rawValue: 35)
    package static let dname = RecordType(rawValue: 39)
    package static let opt = RecordType(rawValue: 41)
    package static let ds = RecordType(rawValue: 43)
    package static let rrsig = RecordType(rawValue: 46)
    package static let nsec = RecordType(rawValue: 47)
    package static let dnskey = RecordType(rawValue: 48)
    package static let nsec3 = RecordType(rawValue: 50)
    package static let svcb = RecordType(rawValue: 64)
    package static let https = RecordType(rawValue: 65)
    package static let tkey = RecordType(rawValue: 249)
    package static let tsig = RecordType(rawValue: 250)
    package static let ixfr = RecordType(rawValue: 251)
    package static let axfr = RecordType(rawValue: 252)
    package static let any = RecordType(rawValue: 255)
    package static let caa = RecordType(rawValue: 257)

    private static let names: [(RecordType, String)] = [
        (.a, "A"), (.ns, "NS"), (.cname, "CNAME"), (.soa, "SOA"), (.ptr, "PTR"),
        (.hinfo, "HINFO"), (.mx, "MX"), (.txt, "TXT"), (.aaaa, "AAAA"), (.srv, "SRV"),
        (.naptr, "NAPTR"), (.dname, "DNAME"), (.opt, "OPT"), (.ds, "DS"), (.rrsig, "RRSIG"),
        (.nsec, "NSEC"), (.dnskey, "DNSKEY"), (.nsec3, "NSEC3"), (.svcb, "SVCB"),
        (.https, "HTTPS"), (.tkey, "TKEY"), (.tsig, "TSIG"), (.ixfr, "IXFR"), (.axfr, "AXFR"),
        (.any, "ANY"), (.caa, "CAA"),
    ]
}

extension RecordType: CustomStringConvertible {
    /// The type's mnemonic, or TYPE and its number (RFC 3597 section 5).
    package var description: String {
        Self.names.first { $0.0 == self }?.1 ?? "TYPE\(rawValue)"
    }

    package init?(_ text: some StringProtocol) {
        let text = text.uppercased()
        if let known = Self.names.first(where: { $0.1 == text }) {
            self = known.0
        } else if text.hasPrefix("TYPE"), let number = UInt16(text.dropFirst(4)) {
            self.init(rawValue: number)
        } else {
            return nil
        }
    }
}

/// The class of a record or question.
package struct RecordClass: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let internet = RecordClass(rawValue: 1)
    package static let chaos = RecordClass(rawValue: 3)
    package static let hesiod = RecordClass(rawValue: 4)
    package static let none = RecordClass(rawValue: 254)
    package static let any = RecordClass(rawValue: 255)
}

extension RecordClass: CustomStringConvertible {
    package var description: String {
        switch self {
        case .internet: "IN"
        case .chaos: "CH"
        case .hesiod: "HS"
        case .none: "NONE"
        case .any: "ANY"
        default: "CLASS\(rawValue)"
        }
    }
}

extension RecordClass {
    package init?(_ text: some StringProtocol) {
        let text = text.uppercased()
        let named: [RecordClass] = [.internet, .chaos, .hesiod, .none, .any]
        if let known = named.first(where: { $0.description == text }) {
            self = known
        } else if text.hasPrefix("CLASS"), let number = UInt16(text.dropFirst(5)) {
            self.init(rawValue: number)
        } else {
            return nil
        }
    }
}
