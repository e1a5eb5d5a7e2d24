/// The data of a record, between what messages and what zone files have.
package struct RecordData: Hashable, Sendable {
    package let type: RecordType
    /// As sent, with every name in it written out.
    package let octets: [UInt8]

    package init(_ type: RecordType, _ octets: [UInt8]) {
        self.type = type
        self.octets = octets
    }

    /// Reads data as zone files have it; names without a dot at their end lie below the origin.
    package init(
        parsing text: some StringProtocol, type: RecordType, origin: DomainName = .root
    ) throws(DNSError) {
        var lexer = MasterLexer(Array(text.utf8))
        let tokens = try lexer.next()?.tokens ?? []
        if try lexer.next() != nil { throw .record("the data of a record is on one line") }
        try self.init(tokens[...], type, origin)
    }

    init(
        _ tokens: ArraySlice<MasterToken>, _ type: RecordType, _ origin: DomainName
    ) throws(DNSError) {
        if let first = tokens.first, first.isWord("\\#") {
            try self.init(generic: tokens.dropFirst(), type)
            return
        }
        guard let layout = RecordField.layout(type) else {
            throw .record("data of type \(type) is written as \\# LENGTH HEXADECIMAL")
        }
        var parser = RecordDataParser(tokens, origin)
        for field in layout { try parser.read(field) }
        try parser.finish()
        self.init(type, parser.octets)
    }

    /// RFC 3597 section 5.
    private init(generic tokens: ArraySlice<MasterToken>, _ type: RecordType) throws(DNSError) {
        guard let length = tokens.first.flatMap({ UInt16($0.text) }) else {
            throw .record("\\# stands before a length and data in hexadecimal")
        }
        let digits = tokens.dropFirst().flatMap(\.octets)
        guard let octets = Hexadecimal.decode(digits), octets.count == length else {
            throw .record("\\# \(length) stands before \(length) octets in hexadecimal")
        }
        self.init(type, octets)
        guard RecordField.layout(type) == nil || knownText != nil else {
            throw .record("what stands behind \\# is no data of type \(type)")
        }
    }
}

extension RecordData: CustomStringConvertible {
    package var description: String { Self.text(type, octets) }

    /// Data as zone files have it; what is unknown or not as it should be is in hexadecimal.
    package static func text(_ type: RecordType, _ octets: [UInt8]) -> String {
        let data = RecordData(type, octets)
        if let text = data.knownText { return text }
        let digits = octets.isEmpty ? "" : " " + Hexadecimal.encode(octets)
        return "\\# \(octets.count)\(digits)"
    }

    private var knownText: String? {
        guard let layout = RecordField.layout(type) else { return nil }
        var printer = RecordDataPrinter(octets)
        var words: [String] = []
        for field in layout {
            guard let word = printer.text(field) else { return nil }
            if !word.isEmpty { words.append(word) }
        }
        return printer.isAtEnd ? words.joined(separator: " ") : nil
    }
}
