extension DomainName {
    /// Parses a name as zone files write it: `\.` and `\123` stand for octets (RFC 1035 section 5.1).
    ///
    /// The name is taken as complete whether or not it ends in a dot.
    package init(_ text: some StringProtocol) throws(DNSError) {
        try self.init(presentation: Array(text.utf8))
    }

    /// The same from octets, which need not be UTF-8.
    init(presentation text: [UInt8]) throws(DNSError) {
        var parser = NameTextParser(text: text)
        wire = try parser.name()
    }
}

extension DomainName: CustomStringConvertible {
    /// The name in text, with a dot at its end and whatever is not plain text escaped.
    package var description: String {
        if isRoot { return "." }
        return labels.map { $0.map(Self.text).joined() + "." }.joined()
    }

    /// One octet of a label.
    private static func text(_ octet: UInt8) -> String {
        switch octet {
        case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            "\\" + String(UnicodeScalar(octet))
        case 0x21...0x7e: String(UnicodeScalar(octet))
        default:
            "\\" + String(repeating: "0", count: octet < 10 ? 2 : octet < 100 ? 1 : 0)
                + String(octet)
        }
    }
}

private struct NameTextParser {
    let text: [UInt8]
    private var position = 0

    init(text: [UInt8]) { self.text = text }

    mutating func name() throws(DNSError) -> [UInt8] {
        if text == [dot] { return [0] }
        guard !text.isEmpty else { throw error("a name is not empty") }
        var wire: [UInt8] = []
        while position < text.count {
            let label = try self.label()
            guard !label.isEmpty else { throw error("a name has no empty label") }
            guard label.count <= DomainName.longestLabel else {
                throw error("a label has at most 63 bytes")
            }
            wire.append(UInt8(label.count))
            wire.append(contentsOf: label)
        }
        wire.append(0)
        guard wire.count <= DomainName.longestName else {
            throw error("a name has at most 255 bytes")
        }
        return wire
    }

    /// The octets up to the next dot, which is stepped over.
    private mutating func label() throws(DNSError) -> [UInt8] {
        var label: [UInt8] = []
        while position < text.count {
            let octet = text[position]
            position += 1
            if octet == dot { break }
            label.append(octet == backslash ? try escaped() : octet)
        }
        return label
    }

    private mutating func escaped() throws(DNSError) -> UInt8 {
        guard position < text.count else { throw error("a backslash stands before something") }
        guard isDigit(text[position]) else {
            position += 1
            return text[position - 1]
        }
        let digits = text[position...].prefix(3)
        guard digits.count == 3, digits.allSatisfy(isDigit),
            let octet = UInt8(String(decoding: digits, as: UTF8.self))
        else { throw error("a backslash and digits mean \\000 to \\255") }
        position += 3
        return octet
    }

    private func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    private func error(_ cause: String) -> DNSError {
        DNSError(.badName, "read the name \(String(decoding: text, as: UTF8.self))", cause)
    }

    private var dot: UInt8 { UInt8(ascii: ".") }
    private var backslash: UInt8 { UInt8(ascii: "\\") }
}
