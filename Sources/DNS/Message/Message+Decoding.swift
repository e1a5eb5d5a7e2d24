extension Message {
    /// Reads a message; what follows its last record is not looked at.
    package init(decoding bytes: Span<UInt8>) throws(DNSError) {
        var decoder = MessageDecoder(bytes)
        self = try decoder.message()
    }

    package init(decoding bytes: [UInt8]) throws(DNSError) {
        try self.init(decoding: bytes.span)
    }
}

/// Reads the parts of a message one after the other.
struct MessageDecoder: ~Escapable {
    private let bytes: Span<UInt8>
    private var offset = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    mutating func message() throws(DNSError) -> Message {
        guard bytes.count >= headerLength else { throw error("it ends within its header") }
        var message = Message()
        message.id = bytes.bigEndian16(at: 0)
        message.flags = HeaderFlags(rawValue: bytes.bigEndian16(at: 2))
        offset = headerLength
        for _ in 0..<bytes.bigEndian16(at: 4) { message.questions.append(try question()) }
        for _ in 0..<bytes.bigEndian16(at: 6) { message.answers.append(try record()) }
        for _ in 0..<bytes.bigEndian16(at: 8) { message.authorities.append(try record()) }
        for _ in 0..<bytes.bigEndian16(at: 10) {
            if try optionsRecord(into: &message) { continue }
            message.additionals.append(try record())
        }
        return message
    }

    private mutating func question() throws(DNSError) -> Message.Question {
        let name = try name()
        guard offset + 4 <= bytes.count else { throw error("it ends within its question") }
        defer { offset += 4 }
        return Message.Question(
            name, RecordType(rawValue: bytes.bigEndian16(at: offset)),
            RecordClass(rawValue: bytes.bigEndian16(at: offset + 2)))
    }

    private mutating func name() throws(DNSError) -> DomainName {
        guard let (name, end) = bytes.name(at: offset) else {
            throw error("the name at byte \(offset) is none")
        }
        offset = end
        return name
    }

    private mutating func record() throws(DNSError) -> Record {
        guard let head = RecordHead(bytes, at: offset), let (name, _) = bytes.name(at: offset),
            let data = bytes.writtenOut(head.data, of: head.type)
        else { throw error("the record at byte \(offset) is none") }
        offset = head.end
        return Record(name, head.type, ttl: head.ttl, data: data, recordClass: head.recordClass)
    }

    /// Reads an OPT record if that is what comes next.
    private mutating func optionsRecord(into message: inout Message) throws(DNSError) -> Bool {
        guard let head = RecordHead(bytes, at: offset), head.type == .opt else { return false }
        guard message.edns == nil, head.hasRootOwner else {
            throw error("it has two OPT records, or one with a name")
        }
        var edns = EDNS(payloadSize: head.recordClass.rawValue)
        edns.upperCode = UInt8(head.ttl >> 24)
        edns.version = UInt8(truncatingIfNeeded: head.ttl >> 16)
        edns.wantsDNSSEC = head.ttl & 0x8000 != 0
        edns.options = try options(head.data)
        message.edns = edns
        offset = head.end
        return true
    }

    private func options(_ range: Range<Int>) throws(DNSError) -> [EDNS.Option] {
        var options: [EDNS.Option] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            guard offset + 4 <= range.upperBound else { throw error("an option is cut short") }
            let start = offset + 4
            let end = start + Int(bytes.bigEndian16(at: offset + 2))
            guard end <= range.upperBound else { throw error("an option is cut short") }
            let code = EDNSOption(rawValue: bytes.bigEndian16(at: offset))
            options.append(EDNS.Option(code, bytes.octets(start..<end)))
            offset = end
        }
        return options
    }

    private func error(_ cause: String) -> DNSError {
        DNSError(.badMessage, "read a message", cause)
    }
}
