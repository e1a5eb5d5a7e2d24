/// A word of a zone file, or a text in quotes.
struct MasterToken: Hashable, Sendable {
    /// As it was written, with its escapes and without its quotes.
    let octets: ArraySlice<UInt8>
    let isQuoted: Bool
    /// Whether it begins right where the one before it ends.
    let isAttached: Bool
}

extension MasterToken {
    /// For messages, and for words that are plain text anyway.
    var text: String { String(decoding: octets, as: UTF8.self) }

    func isWord(_ word: StaticString) -> Bool { !isQuoted && text == "\(word)" }

    /// The octets that are meant: `\.` and `\123` stand for one each (RFC 1035 section 5.1).
    func unescaped() throws(DNSError) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = octets
        while let octet = rest.popFirst() {
            plain.append(octet == UInt8(ascii: "\\") ? try Self.escaped(&rest) : octet)
        }
        return plain
    }

    private static func escaped(_ rest: inout ArraySlice<UInt8>) throws(DNSError) -> UInt8 {
        guard let first = rest.first else { throw .record("a backslash stands before something") }
        guard (0x30...0x39).contains(first) else { return rest.removeFirst() }
        let digits = rest.prefix(3)
        guard digits.count == 3, let octet = UInt8(String(decoding: digits, as: UTF8.self)) else {
            throw .record("a backslash and digits mean \\000 to \\255")
        }
        rest = rest.dropFirst(3)
        return octet
    }
}

extension MasterToken {
    /// A name, to which the origin belongs unless a dot ends it.
    func name(_ origin: DomainName) throws(DNSError) -> DomainName {
        if isQuoted { throw .record("the name \"\(text)\" stands without quotes") }
        if octets.elementsEqual("@".utf8) { return origin }
        do throws(DNSError) {
            let name = try DomainName(presentation: Array(octets))
            if isComplete { return name }
            guard let whole = name.appended(to: origin) else {
                throw .record("with \(origin) behind it, it has more than 255 bytes")
            }
            return whole
        } catch {
            throw .record("the name \(text) is none: \(error.cause)")
        }
    }

    /// Whether the last octet is a dot that no backslash takes the meaning from.
    private var isComplete: Bool {
        guard octets.last == UInt8(ascii: ".") else { return false }
        let escapes = octets.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }
        return escapes.count.isMultiple(of: 2)
    }
}

extension DNSError {
    static func record(_ cause: String) -> DNSError {
        DNSError(.badRecord, "read a record", cause)
    }
}
