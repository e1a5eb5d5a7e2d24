import Platform

/// What TTLs an answer's records are given with.
enum ServedLife {
    case asStored
    /// Less by so many seconds, but never none.
    case aged(UInt32)
    case fixed(UInt32)

    @inline(__always)
    func served(_ ttl: UInt32) -> UInt32 {
        switch self {
        case .asStored: ttl
        case .aged(let seconds): max(1, ttl.saturatingSubtract(seconds))
        case .fixed(let seconds): seconds
        }
    }
}

/// How much of an answer went into a message.
struct CopiedRecords {
    var answers: UInt16 = 0
    var authorities: UInt16 = 0
    var additionals: UInt16 = 0
    /// Where the message ends.
    var end: Int
    var isTruncated = false
}

extension StoredAnswer {
    /// Puts as many whole records behind the question as there is place for.
    ///
    /// What is missing of the additional records is not told (RFC 2181 section 9).
    func copy(
        into message: inout MutableSpan<UInt8>, in place: Range<Int>, life: ServedLife,
        rotation: UInt32
    ) -> CopiedRecords {
        var copied = CopiedRecords(end: place.lowerBound)
        let (answers, authorities) = (self.answers, self.authorities)
        let rotation = Rotation(rotating, by: rotation)
        for record in 0..<records {
            let source = rotation.source(of: record)
            let range = range(of: source)
            guard range.count <= place.upperBound - copied.end else {
                copied.isTruncated = record < answers + authorities
                break
            }
            message.copy(octets.extracting(range), at: copied.end)
            put(life, of: source, into: &message, at: copied.end - range.lowerBound)
            copied.end += range.count
            if record < answers {
                copied.answers += 1
            } else if record < answers + authorities {
                copied.authorities += 1
            } else {
                copied.additionals += 1
            }
        }
        return copied
    }

    /// Writes a record's TTL into a message where the answer stands so much further on.
    @inline(__always)
    private func put(
        _ life: ServedLife, of record: Int, into message: inout MutableSpan<UInt8>, at shift: Int
    ) {
        let offset = self.life(of: record)
        let ttl = life.served(octets.bigEndian32(at: offset))
        message[offset + shift] = UInt8(truncatingIfNeeded: ttl >> 24)
        message[offset + shift + 1] = UInt8(truncatingIfNeeded: ttl >> 16)
        message[offset + shift + 2] = UInt8(truncatingIfNeeded: ttl >> 8)
        message[offset + shift + 3] = UInt8(truncatingIfNeeded: ttl)
    }
}

/// Lets a run of records begin with another of them.
private struct Rotation {
    private let run: Range<Int>
    private let first: Int

    init(_ run: Range<Int>, by rotation: UInt32) {
        self.run = run
        first = run.isEmpty ? 0 : Int(rotation) % run.count
    }

    @inline(__always)
    func source(of record: Int) -> Int {
        guard first > 0, run.contains(record) else { return record }
        let turned = record + first
        return turned < run.upperBound ? turned : turned - run.count
    }
}
