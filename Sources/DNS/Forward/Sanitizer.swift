/// Keeps of an upstream's reply what belongs to the question, and nothing else.
///
/// Additional records are dropped altogether: who needs an address asks for it.
package enum Sanitizer {
    /// Nil if the reply's aliases lead round in a circle, or further than anybody follows.
    package static func clean(_ reply: Message, for lookup: Lookup) -> Message? {
        guard let chain = AliasChain(reply.answers, for: lookup) else { return nil }
        var clean = reply
        clean.answers = even(chain.records, for: lookup)
        clean.authorities = even(authorities(reply, chain, lookup), for: lookup)
        clean.additionals = []
        return clean
    }

    /// The SOA and NS records of zones that a name of the chain lies in, and with DNSSEC the proofs.
    private static func authorities(
        _ reply: Message, _ chain: AliasChain, _ lookup: Lookup
    ) -> [Record] {
        let records = reply.authorities.filter { $0.recordClass == lookup.recordClass }
        let zones = records.filter { record in
            [.soa, .ns].contains(record.type) && chain.passes(record.name)
        }
        let soa = zones.first { $0.type == .soa }
        let kept = zones.filter { $0.type == .ns } + (soa.map { [$0] } ?? [])
        guard lookup.wantsDNSSEC else { return kept }
        let signers = records.compactMap(\.signer).filter(chain.passes)
        let apexes = Set(kept.map(\.name) + signers)
        return kept
            + records.filter { record in
                record.isProof && apexes.contains { record.name.isWithin($0) }
            }
    }

    /// Gives all records of a set the lowest of their lives (RFC 2181 section 5.2), and owners the
    /// case that was asked in.
    private static func even(_ records: [Record], for lookup: Lookup) -> [Record] {
        var lives: [RecordSet: UInt32] = [:]
        for record in records {
            let set = RecordSet(record)
            lives[set] = min(lives[set] ?? .max, record.life)
        }
        return records.map { record in
            var record = record
            record.ttl = lives[RecordSet(record)] ?? 0
            if lookup.name.isWithin(record.name) {
                record.name = lookup.name.dropping(
                    lookup.name.labelCount - record.name.labelCount)
            }
            return record
        }
    }
}

/// Records that live and end together, with the signatures over them.
private struct RecordSet: Hashable {
    let name: DomainName
    let type: RecordType

    init(_ record: Record) {
        name = record.name
        type = record.covered ?? record.type
    }
}

extension Record {
    /// A TTL with its highest bit set is none (RFC 2181 section 8).
    fileprivate var life: UInt32 { ttl > UInt32(Int32.max) ? 0 : ttl }

    /// What a signature is over (RFC 4034 section 3.1).
    var covered: RecordType? {
        guard type == .rrsig, data.count > 18 else { return nil }
        return RecordType(rawValue: data.span.bigEndian16(at: 0))
    }

    /// The zone that a signature is of.
    fileprivate var signer: DomainName? {
        covered == nil ? nil : data.span.name(at: 18)?.name
    }

    /// Whether it says with DNSSEC what there is not, or that something is signed.
    fileprivate var isProof: Bool { [.nsec, .nsec3, .ds, .rrsig].contains(type) }
}
