extension Message {
    /// The message as it is sent, its names shortened where they may be.
    ///
    /// Where it does not fit, the additional records go first, then what does not fit of the
    /// answer, and the message says that it is truncated (RFC 2181 section 9).
    package func encoded(limit: Int = longestMessage) -> [UInt8] {
        var encoder = MessageEncoder(limit: limit, edns: edns)
        encoder.header(self)
        for question in questions { encoder.question(question) }
        let answers = self.answers.prefix { encoder.record($0) }.count
        let fits = answers == self.answers.count
        let authorities = fits ? self.authorities.prefix { encoder.record($0) }.count : 0
        let isWhole = fits && authorities == self.authorities.count
        let additionals = isWhole ? self.additionals.prefix { encoder.record($0) }.count : 0
        if !isWhole { encoder.setTruncated() }
        encoder.setCounts(answers, authorities, additionals + (edns == nil ? 0 : 1))
        if let edns { encoder.options(edns) }
        return encoder.bytes
    }
}

/// A message's length has 16 bits where it has one at all (RFC 1035 section 4.2.2).
package let longestMessage = 65535

/// Writes the parts of a message one after the other.
private struct MessageEncoder {
    private(set) var bytes: [UInt8] = []
    /// How long the message may get before its OPT record.
    private let limit: Int
    /// Where names stand that later ones can point to, so that no letter changes its case.
    private var names: [[UInt8]: UInt16] = [:]

    init(limit: Int, edns: EDNS?) {
        self.limit = limit - (edns?.encodedLength ?? 0)
    }

    mutating func header(_ message: Message) {
        append(message.id)
        append(message.flags.rawValue)
        append(UInt16(truncatingIfNeeded: message.questions.count))
        for _ in 0..<3 { append(0 as UInt16) }
    }

    mutating func setTruncated() {
        bytes[2] |= UInt8(HeaderFlags.truncated.rawValue >> 8)
    }

    mutating func setCounts(_ counts: Int...) {
        for (index, count) in counts.enumerated() {
            bytes[6 + 2 * index] = UInt8(truncatingIfNeeded: count >> 8)
            bytes[7 + 2 * index] = UInt8(truncatingIfNeeded: count)
        }
    }

    mutating func question(_ question: Message.Question) {
        append(question.name)
        append(question.type.rawValue)
        append(question.recordClass.rawValue)
    }

    /// Writes a record if it fits.
    mutating func record(_ record: Record) -> Bool {
        let (start, known) = (bytes.count, names)
        append(record.name)
        append(record.type.rawValue)
        append(record.recordClass.rawValue)
        append(record.ttl)
        let length = bytes.count
        append(0 as UInt16)
        data(record)
        let size = bytes.count - length - 2
        guard bytes.count <= limit, size <= longestMessage else {
            bytes.removeLast(bytes.count - start)
            names = known
            return false
        }
        bytes[length] = UInt8(size >> 8)
        bytes[length + 1] = UInt8(truncatingIfNeeded: size)
        return true
    }

    /// Names in data are shortened only where every reader knows the type (RFC 3597 section 4).
    private mutating func data(_ record: Record) {
        let shortens: Set<RecordType> = [.ns, .cname, .ptr, .mx, .soa]
        guard shortens.contains(record.type), let layout = NameLayout(record.type),
            record.data.count >= layout.before
        else { return bytes.append(contentsOf: record.data) }
        bytes.append(contentsOf: record.data.prefix(layout.before))
        var offset = layout.before
        for _ in 0..<layout.names {
            guard let (name, end) = record.data.span.writtenName(at: offset) else { break }
            append(name)
            offset = end
        }
        bytes.append(contentsOf: record.data[offset...])
    }

    mutating func options(_ edns: EDNS) {
        bytes.append(0)
        append(RecordType.opt.rawValue)
        append(edns.payloadSize)
        bytes.append(edns.upperCode)
        bytes.append(edns.version)
        append(edns.wantsDNSSEC ? 0x8000 as UInt16 : 0)
        append(UInt16(truncatingIfNeeded: edns.encodedLength - EDNS.fixedLength))
        for option in edns.options {
            append(option.code.rawValue)
            append(UInt16(truncatingIfNeeded: option.data.count))
            bytes.append(contentsOf: option.data)
        }
    }

    /// Writes a name, ending in a pointer to where the rest of it stands already.
    private mutating func append(_ name: DomainName) {
        var rest = name
        while !rest.isRoot {
            if let offset = names[rest.wire] { return append(0xc000 | offset) }
            // Fourteen bits of a pointer are an offset.
            if bytes.count < 0x4000 { names[rest.wire] = UInt16(bytes.count) }
            bytes.append(contentsOf: rest.wire.prefix(1 + Int(rest.wire[0])))
            rest = rest.parent
        }
        bytes.append(0)
    }

    private mutating func append(_ value: UInt16) {
        bytes.append(UInt8(value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    private mutating func append(_ value: UInt32) {
        append(UInt16(value >> 16))
        append(UInt16(truncatingIfNeeded: value))
    }
}

extension EDNS {
    /// An OPT record without options.
    fileprivate static let fixedLength = 11

    fileprivate var encodedLength: Int {
        options.reduce(Self.fixedLength) { $0 + 4 + $1.data.count }
    }
}

extension Span<UInt8> {
    /// A name in data that has been written out, where nothing points anywhere.
    fileprivate func writtenName(at offset: Int) -> (name: DomainName, end: Int)? {
        guard let end = endOfName(at: offset), self[end - 1] == 0 else { return nil }
        return (DomainName(unchecked: octets(offset..<end)), end)
    }
}
