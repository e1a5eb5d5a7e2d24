/// The header of a message has a fixed length (RFC 1035 section 4.1.1).
package let headerLength = 12

extension Query {
    /// Reads a message that came to a server; the name is put where the caller keeps it.
    ///
    /// A message with anything wrong in it is answered FORMERR, or not at all where that could
    /// start a conversation between two servers.
    package mutating func read(
        _ message: Span<UInt8>, name: inout QuestionName
    ) -> QueryVerdict {
        guard message.count >= headerLength else { return .drop }
        id = message.bigEndian16(at: 0)
        flags = HeaderFlags(rawValue: message.bigEndian16(at: 2))
        edns = nil
        if flags.contains(.response) { return .drop }
        guard flags.opcode == 0 else { return .refuse(.notImplemented) }
        // An IXFR has the client's SOA in its authority; nothing asks with more (RFC 9619).
        let records = RecordCounts(
            answers: message.bigEndian16(at: 6), authorities: message.bigEndian16(at: 8),
            additionals: message.bigEndian16(at: 10))
        let questions = message.bigEndian16(at: 4)
        if questions == 0 { return readWithoutQuestion(records, of: message) }
        guard questions == 1, records.areUsual,
            let end = name.read(from: message, at: headerLength), end + 4 <= message.count
        else { return .refuse(.formatError) }
        type = RecordType(rawValue: message.bigEndian16(at: end))
        recordClass = RecordClass(rawValue: message.bigEndian16(at: end + 2))
        questionEnd = end + 4
        if records.total == 0 { return .question }
        return readRecords(records, of: message) ? .question : .refuse(.formatError)
    }

    /// Reads a message without a question, which is one for a cookie or none at all (RFC 9619).
    private mutating func readWithoutQuestion(
        _ records: RecordCounts, of message: Span<UInt8>
    ) -> QueryVerdict {
        questionEnd = headerLength
        guard records.areUsual, readRecords(records, of: message), edns?.cookie != nil else {
            return .refuse(.formatError)
        }
        return .cookieRequest
    }

    private mutating func readRecords(
        _ records: RecordCounts, of message: Span<UInt8>
    ) -> Bool {
        var offset = questionEnd
        for number in 0..<records.total {
            guard let record = RecordHead(message, at: offset) else { return false }
            offset = record.end
            guard record.type == .opt else { continue }
            let isAdditional = number >= records.total - Int(records.additionals)
            guard isAdditional, edns == nil, record.hasRootOwner,
                let request = EDNSRequest(record, of: message)
            else { return false }
            edns = request
        }
        return true
    }
}

private struct RecordCounts {
    let answers, authorities, additionals: UInt16

    var areUsual: Bool { answers <= 1 && authorities <= 1 && additionals <= 2 }

    var total: Int { Int(answers) + Int(authorities) + Int(additionals) }
}

/// What stands before a record's data, and where that is.
package struct RecordHead {
    package let type: RecordType
    package let recordClass: RecordClass
    package let ttl: UInt32
    package let data: Range<Int>
    package let hasRootOwner: Bool

    package var end: Int { data.upperBound }

    /// Reads the record that begins at an offset; nil if the message ends before it does.
    package init?(_ message: Span<UInt8>, at offset: Int) {
        guard let fixed = message.endOfName(at: offset), fixed + 10 <= message.count else {
            return nil
        }
        type = RecordType(rawValue: message.bigEndian16(at: fixed))
        recordClass = RecordClass(rawValue: message.bigEndian16(at: fixed + 2))
        ttl = message.bigEndian32(at: fixed + 4)
        let start = fixed + 10
        data = start..<start + Int(message.bigEndian16(at: fixed + 8))
        hasRootOwner = fixed == offset + 1
        if data.upperBound > message.count { return nil }
    }
}

extension EDNSRequest {
    fileprivate init?(_ record: RecordHead, of message: Span<UInt8>) {
        payloadSize = max(record.recordClass.rawValue, 512)
        version = UInt8(truncatingIfNeeded: record.ttl >> 16)
        wantsDNSSEC = record.ttl & 0x8000 != 0
        var offset = record.data.lowerBound
        while offset < record.data.upperBound {
            guard offset + 4 <= record.data.upperBound else { return nil }
            let code = EDNSOption(rawValue: message.bigEndian16(at: offset))
            let data = offset + 4..<offset + 4 + Int(message.bigEndian16(at: offset + 2))
            guard data.upperBound <= record.data.upperBound, note(code, data) else { return nil }
            offset = data.upperBound
        }
    }

    /// Takes one option; false if its length is none that it can have.
    private mutating func note(_ option: EDNSOption, _ data: Range<Int>) -> Bool {
        switch option {
        case .nsid: wantsNSID = true
        case .keepalive: wantsKeepalive = true
        case .padding: hasPadding = true
        case .cookie:
            // A client's eight octets, and a server's 8 to 32 when it has them (RFC 7873).
            guard data.count == 8 || (16...40).contains(data.count) else { return false }
            cookie = cookie ?? data
        default: break
        }
        return true
    }
}

/// The number of an option in an OPT record, as numbered by IANA.
package struct EDNSOption: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let nsid = EDNSOption(rawValue: 3)
    package static let clientSubnet = EDNSOption(rawValue: 8)
    package static let cookie = EDNSOption(rawValue: 10)
    package static let keepalive = EDNSOption(rawValue: 11)
    package static let padding = EDNSOption(rawValue: 12)
    package static let extendedError = EDNSOption(rawValue: 15)
}
