/// An answer as it stands in the cache: a head, where each record's TTL stands, and the records.
struct StoredAnswer: ~Escapable {
    let octets: Span<UInt8>

    @inline(__always)
    @_lifetime(copy octets)
    init(_ octets: Span<UInt8>) { self.octets = octets }

    /// Where the parts of the head stand; all numbers are big-endian.
    enum Offset {
        static let stored = 0
        static let expiry = 4
        static let recheck = 8
        static let entry = 12
        static let kind = 16
        static let isAuthentic = 17
        static let responseCode = 18
        /// The counts of the three sections.
        static let counts = 20
        static let rotationStart = 26
        static let rotationCount = 28
        static let extendedError = 30
        static let lives = 32
    }

    /// RFC 8914 has no such code.
    static var noExtendedError: UInt16 { .max }
}

extension StoredAnswer {
    /// When it was stored, in seconds of the caller's clock.
    var stored: UInt32 { octets.bigEndian32(at: Offset.stored) }
    var expiry: UInt32 { octets.bigEndian32(at: Offset.expiry) }
    /// Nobody is to be asked again before then, as it just failed.
    var recheck: UInt32 { octets.bigEndian32(at: Offset.recheck) }
    var entry: Int { Int(octets.bigEndian32(at: Offset.entry)) }
    var kind: CacheKind { CacheKind(rawValue: octets[Offset.kind]) ?? .failure }
    var isAuthentic: Bool { octets[Offset.isAuthentic] != 0 }

    var responseCode: ResponseCode {
        ResponseCode(rawValue: octets.bigEndian16(at: Offset.responseCode))
    }

    var extendedError: UInt16? {
        let code = octets.bigEndian16(at: Offset.extendedError)
        return code == Self.noExtendedError ? nil : code
    }

    var answers: Int { Int(octets.bigEndian16(at: Offset.counts)) }
    var authorities: Int { Int(octets.bigEndian16(at: Offset.counts + 2)) }
    var additionals: Int { Int(octets.bigEndian16(at: Offset.counts + 4)) }
    var records: Int { answers + authorities + additionals }

    /// The addresses among the answers that may change places.
    var rotating: Range<Int> {
        let start = Int(octets.bigEndian16(at: Offset.rotationStart))
        return start..<start + Int(octets.bigEndian16(at: Offset.rotationCount))
    }
}

extension StoredAnswer {
    /// Where the records begin.
    @inline(__always)
    private var body: Int { Offset.lives + 2 * records }

    /// Where a record's TTL stands.
    @inline(__always)
    func life(of record: Int) -> Int {
        body + Int(octets.bigEndian16(at: Offset.lives + 2 * record))
    }

    /// Where a record stands; those before it end with the data that follows their TTL.
    @inline(__always)
    func range(of record: Int) -> Range<Int> {
        (record == 0 ? body : end(of: record - 1))..<end(of: record)
    }

    @inline(__always)
    private func end(of record: Int) -> Int {
        let length = life(of: record) + 4
        return length + 2 + Int(octets.bigEndian16(at: length))
    }
}
