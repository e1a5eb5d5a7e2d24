/// A zone whose records are all known, such as those of a zone file.
package struct FileZone: Sendable {
    package let origin: DomainName
    /// Names of records that lie outside of the zone, which are left out.
    package let outside: Set<DomainName>
    /// Every name that exists, those that only have names below them included (RFC 4592).
    let nodes: [DomainName: Node]
    /// The zone's own SOA record.
    let authority: Record
    /// The same, with the time to live that it has in negative answers (RFC 2308 section 3).
    let denial: Record

    /// The records of a name by type.
    typealias Node = [RecordType: [Record]]

    package init(_ records: [Record], origin: DomainName) throws(DNSError) {
        var nodes: [DomainName: Node] = [origin: [:]]
        var outside: Set<DomainName> = []
        for record in records {
            guard record.name.isWithin(origin) else {
                outside.insert(record.name)
                continue
            }
            Self.addNames(above: record.name, origin, to: &nodes)
            Self.add(record, to: &nodes[record.name, default: [:]])
        }
        try Self.check(nodes, origin)
        self.origin = origin
        self.outside = outside
        self.nodes = nodes
        authority = try Self.authority(nodes[origin]?[.soa] ?? [], origin)
        denial = Self.denial(authority)
    }

    package var serial: UInt32 { denial.data.span.bigEndian32(at: denial.data.count - 20) }

    func node(_ name: DomainName) -> Node? { nodes[name] }
}

extension FileZone {
    private static func addNames(
        above name: DomainName, _ origin: DomainName, to nodes: inout [DomainName: Node]
    ) {
        var name = name
        while name != origin {
            name = name.parent
            if nodes[name] != nil { return }
            nodes[name] = [:]
        }
    }

    /// Adds a record once; all of a type live as long as the shortest of them (RFC 2181 section 5.2).
    private static func add(_ record: Record, to node: inout Node) {
        var records = node[record.type] ?? []
        if !records.contains(where: { $0.data == record.data }) { records.append(record) }
        let ttl = records.reduce(record.ttl) { min($0, $1.ttl) }
        for index in records.indices { records[index].ttl = ttl }
        node[record.type] = records
    }

    private static func check(
        _ nodes: [DomainName: Node], _ origin: DomainName
    ) throws(DNSError) {
        for (name, node) in nodes {
            if name != origin, node[.soa] != nil {
                throw error(origin, "\(name) has a SOA record, which only \(origin) may have")
            }
            guard let aliases = node[.cname] else { continue }
            // RFC 1034 section 3.6.2; RFC 4034 has signatures and denials beside it.
            guard node.keys.allSatisfy({ [.cname, .rrsig, .nsec].contains($0) }) else {
                throw error(origin, "\(name) has a CNAME record, and others beside it")
            }
            guard aliases.count == 1 else {
                throw error(origin, "\(name) has more than one CNAME record")
            }
        }
    }

    private static func authority(
        _ records: [Record], _ origin: DomainName
    ) throws(DNSError) -> Record {
        guard let record = records.first else { throw error(origin, "it has no SOA record") }
        // Two names of at least an octet, and five numbers.
        guard records.count == 1, record.data.count >= 22 else {
            throw error(origin, "it has more than one SOA record")
        }
        return record
    }

    private static func denial(_ authority: Record) -> Record {
        var record = authority
        let minimum = record.data.span.bigEndian32(at: record.data.count - 4)
        record.ttl = min(record.ttl, minimum)
        return record
    }

    private static func error(_ origin: DomainName, _ cause: String) -> DNSError {
        DNSError(.badRecord, "serve the zone \(origin)", cause)
    }
}

/// What a zone says to a question.
package struct FileZoneAnswer: Hashable, Sendable {
    package var code = ResponseCode.noError
    package var isAuthoritative = true
    package var answers: [Record] = []
    package var authorities: [Record] = []
    package var additionals: [Record] = []
    /// The name outside of the zone that a CNAME leads to: others know what it has.
    package var continuation: DomainName?
}
