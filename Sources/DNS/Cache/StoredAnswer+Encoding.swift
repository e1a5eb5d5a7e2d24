/// Writes answers as they stand in the cache.
struct StoredAnswerEncoder {
    private(set) var octets: [UInt8]

    /// A failure, of which nothing but the code is kept.
    init(failure code: ResponseCode, extendedError: UInt16?) {
        octets = [UInt8](repeating: 0, count: StoredAnswer.Offset.lives)
        octets[StoredAnswer.Offset.kind] = CacheKind.failure.rawValue
        set16(code.rawValue, at: StoredAnswer.Offset.responseCode)
        set16(
            extendedError ?? StoredAnswer.noExtendedError, at: StoredAnswer.Offset.extendedError)
    }

    /// Changes something about an answer that is in the cache.
    init(_ stored: [UInt8]) { octets = stored }

    /// Nil if a message with all of this would be too long.
    init?(_ message: Message, _ kind: CacheKind, for key: CacheKey) {
        self.init(failure: message.responseCode, extendedError: nil)
        octets[StoredAnswer.Offset.kind] = kind.rawValue
        octets[StoredAnswer.Offset.isAuthentic] =
            message.flags.contains(.authenticData) ? 1 : 0
        var bare = Message()
        // Names that end like the question point into it, so they follow the case of any asker.
        bare.questions = [Message.Question(key.name, key.type, key.recordClass)]
        let start = bare.encoded().count
        bare.answers = message.answers
        bare.authorities = message.authorities
        bare.additionals = message.additionals
        guard takeRecords(of: bare.encoded().span, from: start, of: bare) else { return nil }
    }
}

extension StoredAnswerEncoder {
    private mutating func takeRecords(
        of encoded: Span<UInt8>, from start: Int, of message: Message
    ) -> Bool {
        let counts = [message.answers, message.authorities, message.additionals].map(\.count)
        for (index, count) in counts.enumerated() {
            guard count == Int(encoded.bigEndian16(at: 6 + 2 * index)) else { return false }
            set16(UInt16(count), at: StoredAnswer.Offset.counts + 2 * index)
        }
        var next = start
        for _ in 0..<counts.reduce(0, +) {
            guard let head = RecordHead(encoded, at: next) else { return false }
            // TTL and length precede the data.
            append(UInt16(head.data.lowerBound - 6 - start))
            next = head.end
        }
        octets += encoded.octets(start..<next)
        findRotation(message.answers)
        return true
    }

    /// Looks for the addresses at the end of a chain of aliases.
    private mutating func findRotation(_ answers: [Record]) {
        guard let first = answers.firstIndex(where: \.isAddress) else { return }
        let set = answers[first...].prefix {
            $0.type == answers[first].type && $0.name == answers[first].name
        }
        // Records that begin with pointers to before them mean the same in any place.
        guard set.count > 1, allPoint(first..<set.endIndex) else { return }
        set16(UInt16(first), at: StoredAnswer.Offset.rotationStart)
        set16(UInt16(set.count), at: StoredAnswer.Offset.rotationCount)
    }

    private func allPoint(_ records: Range<Int>) -> Bool {
        let stored = StoredAnswer(octets.span)
        return records.allSatisfy { octets[stored.range(of: $0).lowerBound] >= 0xc0 }
    }
}

extension StoredAnswerEncoder {
    mutating func setTimes(stored: UInt32, expiry: UInt32) {
        set32(stored, at: StoredAnswer.Offset.stored)
        set32(expiry, at: StoredAnswer.Offset.expiry)
    }

    mutating func setRecheck(_ moment: UInt32) { set32(moment, at: StoredAnswer.Offset.recheck) }

    mutating func setEntry(_ entry: Int) {
        set32(UInt32(entry), at: StoredAnswer.Offset.entry)
    }

    private mutating func append(_ value: UInt16) {
        octets.append(UInt8(value >> 8))
        octets.append(UInt8(truncatingIfNeeded: value))
    }

    private mutating func set16(_ value: UInt16, at offset: Int) {
        octets[offset] = UInt8(value >> 8)
        octets[offset + 1] = UInt8(truncatingIfNeeded: value)
    }

    private mutating func set32(_ value: UInt32, at offset: Int) {
        set16(UInt16(value >> 16), at: offset)
        set16(UInt16(truncatingIfNeeded: value), at: offset + 2)
    }
}

extension Record {
    fileprivate var isAddress: Bool { type == .a || type == .aaaa }
}
