/// The way from a question through aliases to the records that answer it.
struct AliasChain {
    /// The name asked for, and where each alias led.
    private(set) var names: [DomainName] = []
    private(set) var records: [Record] = []
    private let lookup: Lookup
    private let owned: [DomainName: [Record]]
    private let hasDNAME: Bool

    /// More aliases than any sensible zone has.
    static let longest = 10

    /// Nil if the aliases lead round in a circle, or too far.
    init?(_ answers: [Record], for lookup: Lookup) {
        self.lookup = lookup
        let ofClass = answers.filter {
            $0.recordClass == lookup.recordClass || lookup.recordClass == .any
        }
        owned = Dictionary(grouping: ofClass, by: \.name)
        hasDNAME = ofClass.contains { $0.type == .dname }
        var name = lookup.name
        while let target = step(from: name) {
            guard !names.contains(target), names.count <= Self.longest else { return nil }
            name = target
        }
    }

    /// Whether a zone has a name of the way in it.
    func passes(_ zone: DomainName) -> Bool { names.contains { $0.isWithin(zone) } }

    /// Takes what a name has; where it is an alias, this says of what.
    private mutating func step(from name: DomainName) -> DomainName? {
        names.append(name)
        let here = owned[name] ?? []
        let found = here.filter(isAskedFor)
        if !found.isEmpty {
            records += found + signatures(over: lookup.type, in: here)
            return nil
        }
        if hasDNAME, let target = stepThroughDNAME(from: name) { return target }
        guard let alias = here.first(where: { $0.type == .cname }) else { return nil }
        records += [alias] + signatures(over: .cname, in: here)
        return DomainName(unchecked: alias.data)
    }

    /// Follows a DNAME of a name above; the CNAME that comes of it is made anew (RFC 6672).
    private mutating func stepThroughDNAME(from name: DomainName) -> DomainName? {
        var owner = name
        while !owner.isRoot {
            owner = owner.parent
            let here = owned[owner] ?? []
            guard let record = here.first(where: { $0.type == .dname }) else { continue }
            records += [record] + signatures(over: .dname, in: here)
            let length = name.wire.count - owner.wire.count
            let front = DomainName(unchecked: name.wire.prefix(length) + [0])
            guard let target = front.appended(to: DomainName(unchecked: record.data)) else {
                return nil
            }
            records.append(
                Record(
                    name, .cname, ttl: record.ttl, data: target.wire,
                    recordClass: record.recordClass))
            return target
        }
        return nil
    }

    private func isAskedFor(_ record: Record) -> Bool {
        if record.type == lookup.type { return true }
        return lookup.type == .any && (record.type != .rrsig || lookup.wantsDNSSEC)
    }

    private func signatures(over type: RecordType, in records: [Record]) -> [Record] {
        guard lookup.wantsDNSSEC else { return [] }
        return records.filter { $0.covered == type }
    }
}
