/// The records of a zone file (RFC 1035 section 5).
package struct MasterFile: Hashable, Sendable {
    package private(set) var records: [Record] = []

    /// Reads the text of a file; errors name the file and the line.
    package init(
        parsing text: [UInt8], file: String, origin: DomainName
    ) throws(DNSError) {
        var lexer = MasterLexer(text)
        var reader = MasterEntryReader(origin: origin)
        var line: Int?
        do throws(DNSError) {
            while let entry = try lexer.next() {
                // Of an entry's lines the first one counts.
                line = entry.line
                if let record = try reader.record(entry) { records.append(record) }
                line = nil
            }
        } catch {
            throw DNSError(
                .badRecord, "read line \(line ?? lexer.line) of \(file)", error.cause)
        }
    }
}

/// Reads entries, which depend on those before them.
private struct MasterEntryReader {
    var origin: DomainName
    private var owner: DomainName?
    /// Of $TTL (RFC 2308 section 4).
    private var standardTTL: UInt32?
    private var lastTTL: UInt32?

    init(origin: DomainName) { self.origin = origin }

    /// The entry's record; nil for one that changes how those after it are read.
    mutating func record(_ entry: MasterLexer.Entry) throws(DNSError) -> Record? {
        var tokens = entry.tokens[...]
        if !entry.beginsBlank, let first = tokens.first {
            tokens.removeFirst()
            if first.octets.first == UInt8(ascii: "$"), !first.isQuoted {
                try control(first.text, tokens)
                return nil
            }
            owner = try first.name(origin)
        }
        guard let owner else { throw .record("there is no name before it to go on with") }
        let head = try head(&tokens)
        let data = try RecordData(tokens, head.type, origin).octets
        return Record(owner, head.type, ttl: try ttl(head, data), data: data)
    }

    private struct Head {
        var type: RecordType
        var ttl: UInt32?
    }

    /// What stands between the owner and the data: TTL and class in either order, and the type.
    private mutating func head(_ tokens: inout ArraySlice<MasterToken>) throws(DNSError) -> Head {
        var (ttl, hasClass): (UInt32?, Bool) = (nil, false)
        while let token = tokens.popFirst() {
            let word = token.text.uppercased()
            if !hasClass, Self.classes.contains(word) || word.hasPrefix("CLASS") {
                guard word == "IN" || word == "CLASS1" else {
                    throw .record("the class is \(word); only records of class IN are served")
                }
                hasClass = true
            } else if ttl == nil, let seconds = MasterDuration.seconds(token.octets) {
                ttl = try Self.checked(seconds)
            } else {
                return Head(type: try type(token), ttl: ttl)
            }
        }
        throw .record("a type is missing at its end")
    }

    private static let classes: Set<String> = ["IN", "CH", "HS", "CS", "ANY", "NONE"]

    private func type(_ token: MasterToken) throws(DNSError) -> RecordType {
        guard !token.isQuoted, let type = RecordType(token.text) else {
            throw .record("'\(token.text)' is no type of records")
        }
        // Of these are questions, not records (RFC 6895 section 3.1).
        guard type != .opt, !(128...255).contains(type.rawValue) else {
            throw .record("there are no records of type \(type)")
        }
        return type
    }

    private mutating func ttl(_ head: Head, _ data: [UInt8]) throws(DNSError) -> UInt32 {
        if let ttl = head.ttl {
            lastTTL = ttl
            return ttl
        }
        if let ttl = standardTTL ?? lastTTL { return ttl }
        // A zone whose SOA comes first and says nothing has its minimum for all (RFC 1035).
        guard head.type == .soa, data.count >= 4 else {
            throw .record("it has no TTL, and there is none before it nor a $TTL")
        }
        let minimum = data.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
        lastTTL = minimum
        return try Self.checked(minimum)
    }

    /// RFC 2181 section 8.
    private static func checked(_ seconds: UInt32) throws(DNSError) -> UInt32 {
        guard seconds <= Int32.max else { throw .record("a TTL is at most 2147483647 seconds") }
        return seconds
    }

    private mutating func control(
        _ word: String, _ values: ArraySlice<MasterToken>
    ) throws(DNSError) {
        switch word.uppercased() {
        case "$ORIGIN":
            guard let value = values.first, values.count == 1 else {
                throw .record("write $ORIGIN NAME")
            }
            origin = try value.name(origin)
        case "$TTL":
            guard let value = values.first, values.count == 1,
                let seconds = MasterDuration.seconds(value.octets)
            else { throw .record("write $TTL SECONDS, or a time as 1h30m") }
            standardTTL = try Self.checked(seconds)
        case "$INCLUDE":
            throw .record("$INCLUDE is not supported: put the records of that file here")
        case "$GENERATE":
            throw .record("$GENERATE is not supported: write the records that it would make")
        default: throw .record("'\(word)' is none of $ORIGIN and $TTL")
        }
    }
}
