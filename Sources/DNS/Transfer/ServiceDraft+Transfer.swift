import Network

extension ServiceDraft {
    /// All records at a service's name and below it, each once, as questions for them are answered.
    func records(of name: DomainName, ttl: UInt32) -> [Record] {
        let records: [Record] =
            switch kind {
            case .nothing: []
            case .externalName:
                externalName.map { [Record(name, .cname, ttl: ttl, data: $0.wire)] } ?? []
            case .clusterIP:
                cluster.map { Record(name, $0, ttl: ttl) }
                    + targets(ports.map { (name, $0) }, of: name, ttl)
            case .headless: endpointRecords(name, ttl)
            }
        var seen: Set<Record> = []
        return records.filter { seen.insert($0).inserted }
    }

    private func endpointRecords(_ name: DomainName, _ ttl: UInt32) -> [Record] {
        var (shared, own): ([Record], [Record]) = ([], [])
        var pairs: [(target: DomainName, port: Port)] = []
        for endpoint in endpoints {
            shared.append(Record(name, endpoint.address, ttl: ttl))
            guard let target = name.prefixed(endpoint.labelOctets) else { continue }
            own.append(Record(target, endpoint.address, ttl: ttl))
            pairs += groups[endpoint.group].map { (target, $0) }
        }
        return shared + own + targets(pairs, of: name, ttl)
    }

    /// The SRV records of the service's name, and of its ports' names; those of each share a
    /// hundred (D25).
    private func targets(
        _ pairs: [(target: DomainName, port: Port)], of name: DomainName, _ ttl: UInt32
    ) -> [Record] {
        var data: [DomainName: Set<[UInt8]>] = [:]
        for (target, port) in pairs {
            let number = [UInt8(port.number >> 8), UInt8(truncatingIfNeeded: port.number)]
            data[name, default: []].insert(number + target.wire)
            guard let owner = port.name(below: name) else { continue }
            data[owner, default: []].insert(number + target.wire)
        }
        return data.flatMap { owner, targets in
            let weight = UInt8(max(100 / targets.count, 1))
            return targets.map { Record(owner, .srv, ttl: ttl, data: [0, 0, 0, weight] + $0) }
        }
    }
}

extension ServiceDraft.Endpoint {
    /// The label of its own name.
    fileprivate var labelOctets: [UInt8] {
        if !label.isEmpty { return Array(label.utf8) }
        let dashed = DashedAddress(address)
        return dashed.label.octets
    }
}

extension ServiceDraft.Port {
    /// Nil for a port without a name, or whose name would be too long.
    fileprivate func name(below name: DomainName) -> DomainName? {
        if self.name.isEmpty { return nil }
        let label =
            switch transport {
            case .tcp: "_tcp"
            case .udp: "_udp"
            case .sctp: "_sctp"
            }
        return name.prefixed(label.utf8)?.prefixed("_\(self.name)".utf8)
    }
}

extension Record {
    fileprivate init(_ name: DomainName, _ address: IPAddress, ttl: UInt32) {
        self.init(
            name, address.family == .v4 ? .a : .aaaa, ttl: ttl, data: address.wireOctets)
    }
}
