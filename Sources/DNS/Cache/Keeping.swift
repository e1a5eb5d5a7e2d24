/// Whether an answer is kept, as what, and for how many seconds.
package enum Keeping: Hashable, Sendable {
    case nothing
    case keep(CacheKind, seconds: UInt32)
}

extension CacheSettings {
    /// What the RFCs and the operator say of an answer that belongs to its question.
    package func keeping(_ message: Message, for key: CacheKey) -> Keeping {
        guard key.isKeepable else { return .nothing }
        switch message.responseCode {
        case .noError where message.answers.contains(where: { $0.type == key.type }):
            return keeping(.success, message.shortestLife, for: key)
        case .noError, .nameError:
            return keeping(.denial, message.denialLife, for: key)
        default:
            return failure == 0 ? .nothing : .keep(.failure, seconds: failure)
        }
    }

    private func keeping(_ kind: CacheKind, _ life: UInt32, for key: CacheKey) -> Keeping {
        let limits = limits(kind)
        guard life > 0, limits.capacity > 0, !limits.disabled.contains(where: key.name.isWithin)
        else { return .nothing }
        return .keep(kind, seconds: limits.clamp(life))
    }

    /// The answer with the lives of its records as they are kept, and without what was not asked for.
    package func limited(_ message: Message, to keeping: Keeping, for key: CacheKey) -> Message {
        guard case .keep(let kind, let seconds) = keeping, kind != .failure else { return message }
        let limits = limits(kind)
        func limited(_ records: [Record]) -> [Record] {
            records.filter { key.admits($0.type) }.map { record in
                var record = record
                let isDenial = kind == .denial && record.type == .soa
                record.ttl = isDenial ? seconds : limits.clamp(record.lifetime)
                return record
            }
        }
        var message = message
        message.answers = limited(message.answers)
        message.authorities = limited(message.authorities)
        message.additionals = limited(message.additionals)
        return message
    }
}

extension CacheSettings.Limits {
    func clamp(_ life: UInt32) -> UInt32 { min(max(life, shortest), longest) }
}

extension Record {
    /// A TTL with its highest bit set is none (RFC 2181 section 8).
    var lifetime: UInt32 { ttl > UInt32(Int32.max) ? 0 : ttl }
}

extension Message {
    /// No record is given to anybody for longer than it has to live.
    fileprivate var shortestLife: UInt32 {
        (answers + authorities + additionals).map(\.lifetime).min() ?? 0
    }

    /// How long it may be said that there is nothing: zero without a SOA (RFC 2308 section 5).
    fileprivate var denialLife: UInt32 {
        guard let soa = authorities.first(where: { $0.type == .soa }), soa.data.count >= 4 else {
            return 0
        }
        let minimum = soa.data.span.bigEndian32(at: soa.data.count - 4)
        return min(shortestLife, minimum > UInt32(Int32.max) ? 0 : minimum)
    }
}

extension CacheKey {
    /// Types that ask for something else than records, and classes that ask for several at once.
    fileprivate var isKeepable: Bool {
        // RFC 6895 sections 3.1 and 3.2.
        let isMeta = type == .opt || type.rawValue == 0 || (128...255).contains(type.rawValue)
        return !isMeta && recordClass != .any && recordClass != .none
    }

    /// Whoever did not ask for DNSSEC gets none of it (RFC 4035 section 3.2.1).
    fileprivate func admits(_ type: RecordType) -> Bool {
        wantsDNSSEC || type == self.type || ![.rrsig, .nsec, .nsec3].contains(type)
    }
}
