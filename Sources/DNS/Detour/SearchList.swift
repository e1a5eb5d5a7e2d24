import Network
import Platform

/// `autopath`: the names that a client would ask for one after the other, tried on its behalf.
package struct SearchList: Sendable {
    /// Only names in these are searched for.
    private let zones: [ZoneSuffix]
    private let source: Source
    /// The first of the domains that are the same for all clients.
    private let first: ZoneSuffix?

    package enum Source: Sendable {
        /// What every pod has, behind which come these.
        case pods(ClusterZone, [DomainName])
        case fixed([DomainName])
    }

    package init(_ source: Source, zones: [DomainName]) {
        self.source = source
        self.zones = zones.map(ZoneSuffix.init)
        first =
            if case .fixed(let domains) = source { domains.first.map(ZoneSuffix.init) } else { nil }
    }

    /// The C library's former limit; each of these costs a lookup (resolv.conf(5)).
    package static let mostDomains = 6
}

extension SearchList {
    /// Whether a name is the first that the client would try of its list.
    ///
    /// It takes no memory. The caller is inside the index's epochs.
    func takes(_ name: borrowing QuestionName, from client: IPAddress) -> Bool {
        guard zones.contains(name) else { return false }
        return labels(of: name, from: client) > 0
    }

    /// How many labels the client wants to know about; none if this is not its first domain.
    private func labels(of name: borrowing QuestionName, from client: IPAddress) -> Int {
        guard case .pods(let cluster, _) = source else {
            guard let first else { return 0 }
            return name.labelsBefore(first) ?? 0
        }
        // NAME.NAMESPACE.svc.ZONE, in a namespace of which the client is a pod.
        guard case .forward(_, let labels)? = cluster.place(of: name), labels > 2,
            name.label(labels - 1).isEqual(to: "svc"),
            cluster.hasPod(client, name.label(labels - 2))
        else { return 0 }
        return labels - 2
    }

    /// What the client would try, beginning with the name it asks for, which this list takes.
    func names(for name: borrowing QuestionName) -> [DomainName] {
        let domains = domains(name)
        guard let first = domains.first.map(ZoneSuffix.init),
            let labels = name.labelsBefore(first)
        else { return [] }
        let base = DomainName(unchecked: name.labels(0..<labels).octets + [0])
        var names: [DomainName] = []
        for domain in domains + [.root] {
            if let next = base.appended(to: domain), !names.contains(next) { names.append(next) }
        }
        return names
    }

    private func domains(_ name: borrowing QuestionName) -> [DomainName] {
        switch source {
        case .fixed(let domains): return domains
        case .pods(let cluster, let others):
            guard case .forward(let number, let labels)? = cluster.place(of: name) else {
                return []
            }
            let zone = cluster.zones[number].zone.name
            guard let services = zone.prefixed("svc".utf8),
                let own = services.prefixed(name.label(labels - 2).octets)
            else { return [] }
            return [own, services, zone] + others
        }
    }
}

extension ClusterZone {
    /// Whether a pod of a namespace has an address.
    fileprivate func hasPod(_ address: IPAddress, _ namespace: Span<UInt8>) -> Bool {
        let (table, key) = (index.table, ClusterKey.pod(address, namespace))
        return table.record(key.octets) != nil
    }
}
