package import Network

/// Writes a reply into the room for it, record by record; what does not fit is not begun.
package struct ReplyWriter: ~Copyable, ~Escapable {
    private var room: MutableSpan<UInt8>
    /// How long the reply is so far.
    package private(set) var count = 0
    /// How long it may get before its OPT record.
    package private(set) var limit: Int
    private var answers: UInt16 = 0
    private var authorities: UInt16 = 0
    private var additionals: UInt16 = 0
    /// What records of the answer belong to, as a pointer: the question, or where an alias leads.
    package var owner = questionName
    package var code = ResponseCode.noError
    package var flags: HeaderFlags = .response
    /// Why there is no better answer, for clients that take reasons (RFC 8914).
    package var reason: ExtendedError?

    @_lifetime(copy room)
    package init(_ room: consuming MutableSpan<UInt8>, limit: Int) {
        self.limit = min(limit, room.count)
        self.room = room
    }
}

/// The parts of a message that records stand in.
package enum Section: UInt8, Hashable, Sendable {
    case answer
    case authority
    case additional
}

extension ReplyWriter {
    /// Where the name of the question stands, as a pointer: the case it was written in is kept.
    package static let questionName: UInt16 = 0xc000 | UInt16(headerLength)
    /// What can be pointed to lies before this offset: pointers have fourteen bits.
    package static let pointerReach = 0x4000

    /// How many records the answer has.
    package var answerCount: Int { Int(answers) }

    /// The reply so far.
    package var written: Span<UInt8> {
        @_lifetime(borrow self) get { room.span.extracting(first: count) }
    }

    /// Copies the header's room and the question from the query; false if even that does not fit.
    package mutating func begin(_ message: Span<UInt8>, questionEnd: Int) -> Bool {
        guard questionEnd <= limit else { return false }
        for index in 0..<questionEnd { room[index] = message[index] }
        count = questionEnd
        return true
    }

    /// Begins a reply that is only a header.
    package mutating func beginBare(id: UInt16) {
        count = headerLength
        set16(id, at: 0)
    }

    /// Keeps room for an OPT record of this length.
    package mutating func reserve(_ length: Int) { limit = max(count, limit - length) }

    /// Takes everything away behind an offset; the caller knows what counts stay.
    package mutating func cut(to offset: Int, answers: Int) {
        count = offset
        self.answers = UInt16(answers)
        authorities = 0
        additionals = 0
    }
}

extension ReplyWriter {
    /// Begins a record, whose data of the given length the caller then puts.
    ///
    /// If it does not fit, nothing is written, and the reply is truncated unless the record was
    /// only a help.
    @inline(__always)
    package mutating func begin(
        _ type: RecordType, ttl: UInt32, length: Int, in section: Section = .answer,
        owner: UInt16? = nil, recordClass: RecordClass = .internet
    ) -> Bool {
        guard count + Self.fixedLength + length <= limit else {
            if section != .additional { flags.insert(.truncated) }
            return false
        }
        put16(owner ?? self.owner)
        put16(type.rawValue)
        put16(recordClass.rawValue)
        put32(ttl)
        put16(UInt16(length))
        countRecord(in: section)
        return true
    }

    /// Owner, type, class, TTL and length where the owner is a pointer.
    private static var fixedLength: Int { 12 }

    @inline(__always)
    private mutating func countRecord(in section: Section) {
        switch section {
        case .answer: answers += 1
        case .authority: authorities += 1
        case .additional: additionals += 1
        }
    }

    @inline(__always)
    package mutating func put8(_ value: UInt8) {
        room[count] = value
        count += 1
    }

    @inline(__always)
    package mutating func put16(_ value: UInt16) {
        set16(value, at: count)
        count += 2
    }

    @inline(__always)
    package mutating func put32(_ value: UInt32) {
        put16(UInt16(value >> 16))
        put16(UInt16(truncatingIfNeeded: value))
    }

    @inline(__always)
    package mutating func put(_ octets: Span<UInt8>) {
        for index in octets.indices { room[count + index] = octets[index] }
        count += octets.count
    }

    @inline(__always)
    private mutating func set16(_ value: UInt16, at offset: Int) {
        room[offset] = UInt8(value >> 8)
        room[offset + 1] = UInt8(truncatingIfNeeded: value)
    }

    /// Puts an address record; false if it does not fit.
    package mutating func put(
        _ address: IPAddress, ttl: UInt32, in section: Section = .answer, owner: UInt16? = nil
    ) -> Bool {
        switch address {
        case .v4(let address):
            guard begin(.a, ttl: ttl, length: 4, in: section, owner: owner) else { return false }
            put32(address.rawValue)
        case .v6(let address):
            guard begin(.aaaa, ttl: ttl, length: 16, in: section, owner: owner) else {
                return false
            }
            let octets = address.octets
            put(octets.span)
        }
        return true
    }

    /// Lets somebody else put records into the free room, who says what was put.
    package mutating func fill(
        _ body: (inout MutableSpan<UInt8>, Range<Int>) -> CacheHit?
    ) -> CacheHit? {
        guard let hit = body(&room, count..<limit) else { return nil }
        count = hit.end
        answers += hit.answers
        authorities += hit.authorities
        additionals += hit.additionals
        code = hit.responseCode
        if hit.isTruncated { flags.insert(.truncated) }
        if hit.isAuthentic { flags.insert(.authenticData) }
        reason = hit.extendedError.map(ExtendedError.init(rawValue:))
        if hit.isStale { reason = .staleAnswer }
        return hit
    }

    /// Puts a whole record that is written out elsewhere, its owner included.
    package mutating func put(record: Span<UInt8>, in section: Section) -> Bool {
        guard count + record.count <= limit else {
            if section != .additional { flags.insert(.truncated) }
            return false
        }
        put(record)
        countRecord(in: section)
        return true
    }
}

extension ReplyWriter {
    /// Writes the OPT record and the header's fields; the reply is complete then.
    package mutating func finish(_ query: Query, edns options: EDNSReply?) {
        if let options {
            limit = room.count
            write(options)
        }
        let all = flags.union(query.flags.intersection(.repeated))
        set16(all.rawValue | code.rawValue & 0xf, at: 2)
        set16(count > headerLength && query.questionEnd > 0 ? 1 : 0, at: 4)
        set16(answers, at: 6)
        set16(authorities, at: 8)
        set16(additionals, at: 10)
    }

    private mutating func write(_ options: EDNSReply) {
        put8(0)
        put16(RecordType.opt.rawValue)
        put16(options.payloadSize)
        put8(UInt8(truncatingIfNeeded: code.rawValue >> 4))
        put8(0)
        put16(options.wantsDNSSEC ? 0x8000 : 0)
        let length = count
        put16(0)
        putOptions(options)
        set16(UInt16(count - length - 2), at: length)
        additionals += 1
    }

    private mutating func putOptions(_ options: EDNSReply) {
        if let cookie = options.cookie {
            put16(EDNSOption.cookie.rawValue)
            put16(UInt16(ServerCookie.length))
            put(cookie.octets)
        }
        if let keepalive = options.keepalive {
            put16(EDNSOption.keepalive.rawValue)
            put16(2)
            put16(keepalive)
        }
        if let reason {
            put16(EDNSOption.extendedError.rawValue)
            put16(2)
            put16(reason.rawValue)
        }
    }
}
