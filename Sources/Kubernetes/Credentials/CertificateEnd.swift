import Platform

/// When a certificate stops being valid: all that is read of it here, for people are told so.
struct CertificateEnd: Hashable, Sendable {
    let time: WallTime
    /// As RFC 3339 has it.
    let text: String
}

extension CertificateEnd {
    /// Of the first certificate in a PEM text, which is the one that is shown; nil if it cannot
    /// be read.
    init?(pem: [UInt8]) {
        let lines = pem.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let begin = Array("-----BEGIN CERTIFICATE-----".utf8)
        guard let start = lines.firstIndex(where: { $0.elementsEqual(begin) }) else { return nil }
        let body = lines[(start + 1)...].prefix { $0.first != UInt8(ascii: "-") }.flatMap { $0 }
        guard let bytes = Base64.decode(body.span), let end = Self.notAfter(bytes[...]) else {
            return nil
        }
        self = end
    }

    /// RFC 5280 §4.1: version, serial number, algorithm, issuer, and then the validity.
    private static func notAfter(_ bytes: ArraySlice<UInt8>) -> CertificateEnd? {
        var outer = DERReader(rest: bytes)
        guard let certificate = outer.next(DERReader.sequence) else { return nil }
        var inner = DERReader(rest: certificate)
        guard let signed = inner.next(DERReader.sequence) else { return nil }
        var fields = DERReader(rest: signed)
        // The first version of certificates has no version.
        if signed.first == DERReader.version { fields.skip() }
        for _ in ["serial number", "algorithm", "issuer"] { fields.skip() }
        guard let validity = fields.next(DERReader.sequence) else { return nil }
        var times = DERReader(rest: validity)
        times.skip()
        return time(tag: times.rest.first, times.next())
    }

    /// `YYMMDDhhmmssZ`, which serves until 2049, or the same with a year of four digits.
    private static func time(tag: UInt8?, _ bytes: ArraySlice<UInt8>?) -> CertificateEnd? {
        guard let tag, let bytes else { return nil }
        var digits = Array(String(decoding: bytes, as: UTF8.self))
        if tag == DERReader.shortTime, let first = digits.first {
            digits = Array(first < "5" ? "20" : "19") + digits
        }
        guard digits.count == 15 else { return nil }
        let part = { (range: Range<Int>) in String(digits[range]) }
        let text =
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):"
            + part(12..<15)
        return WallTime(rfc3339: text).map { CertificateEnd(time: $0, text: text) }
    }
}

/// Elements of the distinguished encoding rules, one after the other.
struct DERReader {
    private(set) var rest: ArraySlice<UInt8>

    static let sequence: UInt8 = 0x30
    static let version: UInt8 = 0xA0
    static let shortTime: UInt8 = 0x17

    init(rest: ArraySlice<UInt8>) { self.rest = rest }

    /// The content of the next element, which must have the tag if one is given.
    mutating func next(_ tag: UInt8? = nil) -> ArraySlice<UInt8>? {
        guard let found = rest.popFirst(), tag == nil || tag == found else { return nil }
        guard let count = length(), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func skip() { _ = next() }

    /// One byte up to 127, or how many bytes follow that hold the length.
    private mutating func length() -> Int? {
        guard let first = rest.popFirst() else { return nil }
        guard first >= 0x80 else { return Int(first) }
        // No certificate needs more than four.
        let size = Int(first & 0x7F)
        guard (1...4).contains(size), size <= rest.count else { return nil }
        defer { rest = rest.dropFirst(size) }
        return rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
    }
}
