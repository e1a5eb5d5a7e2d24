import Kubernetes
import Network

extension KubeProxyTable {
    /// Writes all that a service adds to the table, as a full synchronisation does.
    func append(_ entry: ServiceEntry, to text: inout String) {
        guard let address = entry.address(family) else { return }
        text += element("cluster-ips", "\(address)")
        for port in entry.ports {
            let chain = PortChain(self, entry, port)
            chain.append(to: &text)
            let transport = port.transport.lowercaseName
            text += element(
                "service-ips",
                "\(address) . \(transport) . \(ServiceEntry.port) : goto \(chain.service)")
            guard port.nodePort != 0 else { continue }
            text += element(
                "service-nodeports", "\(transport) . \(port.nodePort) : goto \(chain.external)")
            for balancer in entry.balancers(family) {
                text += element(
                    "service-ips",
                    "\(balancer) . \(transport) . \(ServiceEntry.port) : goto \(chain.external)")
            }
        }
    }

    /// What kube-proxy writes when the endpoints of a service have changed.
    func change(of entry: ServiceEntry) -> String {
        entry.ports.map { PortChain(self, entry, $0).ownChain }.joined()
    }
}

/// The chains of one port of a service.
private struct PortChain {
    let table: KubeProxyTable
    let entry: ServiceEntry
    let port: ServiceEntry.Port
    private let endpoints: [(address: IPAddress, isLocal: Bool)]
    /// What names of its chains and sets end with.
    private let name: String

    init(_ table: KubeProxyTable, _ entry: ServiceEntry, _ port: ServiceEntry.Port) {
        self.table = table
        self.entry = entry
        self.port = port
        endpoints = entry.endpoints(table.family, seenFrom: table.node)
        let words = "\(entry.namespace)/\(entry.name)/\(port.transport.lowercaseName)/\(port.name)"
        name = "\(ChainHash(words, length: 8))-\(words)"
    }

    var service: String { "service-\(name)" }
    var external: String { "external-\(name)" }

    func append(to text: inout String) {
        if entry.keepsClients { appendAffinity(to: &text) }
        text += ownChain
        if port.nodePort != 0 {
            text +=
                new(external) + table.rule(external, table.mark)
                + table.rule(external, "goto \(service)")
        }
        for endpoint in endpoints where endpoint.isLocal {
            text += table.element(
                "hairpin-connections",
                "\(endpoint.address) . \(endpoint.address) . \(port.transport.lowercaseName) . "
                    + "\(ServiceEntry.endpointPort)")
        }
    }

    private func new(_ chain: String) -> String {
        "add chain \(table.name) \(chain)\nflush chain \(table.name) \(chain)\n"
    }

    /// The chain that chooses an endpoint.
    var ownChain: String {
        guard !entry.keepsClients else { return new(service) + stickyRules }
        let turns = endpoints.enumerated().map { index, endpoint in
            "\(index) : \(endpoint.address) . \(ServiceEntry.endpointPort)"
        }
        return new(service)
            + table.rule(
                service,
                "meta l4proto \(port.transport.lowercaseName) dnat to numgen random mod "
                    + "\(endpoints.count) map { \(turns.joined(separator: ", ")) }")
    }
}

extension PortChain {
    private func endpointName(_ address: IPAddress) -> String {
        let words = "\(address)".map { $0 == ":" ? "." : $0 }
        return "\(name)__\(String(words))/\(ServiceEntry.endpointPort)"
    }

    /// Each endpoint has a chain, and a set of the clients that are to stay with it.
    private func appendAffinity(to text: inout String) {
        for (address, _) in endpoints {
            let endpoint = endpointName(address)
            text += "add set \(table.name) affinity-\(endpoint) { type \(table.addressType) ; "
            text += "flags dynamic,timeout ; timeout \(ServiceEntry.affinitySeconds)s ; }\n"
            text += new("endpoint-\(endpoint)")
            text += table.rule(
                "endpoint-\(endpoint)", "update @affinity-\(endpoint) { \(table.ip) saddr }")
            text += table.rule(
                "endpoint-\(endpoint)",
                "meta l4proto \(port.transport.lowercaseName) dnat to "
                    + "\(AddressAndPort(address, Port(ServiceEntry.endpointPort)))")
        }
    }

    private var stickyRules: String {
        let names = endpoints.map { endpointName($0.address) }
        let turns = names.enumerated().map { "\($0) : goto endpoint-\($1)" }
        return names.map {
            table.rule(service, "\(table.ip) saddr @affinity-\($0) goto endpoint-\($0)")
        }.joined()
            + table.rule(
                service,
                "numgen random mod \(names.count) vmap { \(turns.joined(separator: ", ")) }")
    }
}
