import Network

extension KubeProxyChains {
    func append(_ entry: ServiceEntry, to lines: inout Lines) {
        guard let address = entry.address(family) else { return }
        for port in entry.ports {
            let chain = PortRules(self, entry, port, address)
            chain.append(to: &lines)
        }
    }

    /// What kube-proxy writes when the endpoints of a service have changed.
    func change(of entry: ServiceEntry) -> String {
        var lines = Lines()
        append(entry, to: &lines)
        return "*nat\n" + lines.chains + lines.rules + "COMMIT\n"
    }
}

/// The chains of one port of a service, and the rules that lead to them.
private struct PortRules {
    let chains: KubeProxyChains
    let entry: ServiceEntry
    let port: ServiceEntry.Port
    let address: IPAddress
    /// As comments call it.
    private let name: String
    private let endpoints: [IPAddress]

    init(
        _ chains: KubeProxyChains, _ entry: ServiceEntry, _ port: ServiceEntry.Port,
        _ address: IPAddress
    ) {
        self.chains = chains
        self.entry = entry
        self.port = port
        self.address = address
        name = "\(entry.namespace)/\(entry.name):\(port.name)"
        endpoints = entry.endpoints(chains.family, seenFrom: "").map(\.address)
    }

    private var transport: String { port.transport.lowercaseName }
    private var key: String { name + transport }
    private var service: String { "KUBE-SVC-\(ChainHash(key, length: 16))" }
    private var external: String { "KUBE-EXT-\(ChainHash(key, length: 16))" }

    private func endpointChain(_ address: IPAddress) -> String {
        let hash = ChainHash("\(key)\(address):\(ServiceEntry.endpointPort)", length: 16)
        return "KUBE-SEP-\(hash)"
    }

    func append(to lines: inout KubeProxyChains.Lines) {
        lines.chains += ":\(service) - [0:0]\n"
        lines.portals += portal(address, "cluster IP", service)
        if port.nodePort != 0 { appendExternal(to: &lines) }
        appendChoice(to: &lines)
        for endpoint in endpoints {
            let chain = endpointChain(endpoint)
            lines.chains += ":\(chain) - [0:0]\n"
            lines.rules += "-A \(chain)\(comment()) -s \(host(endpoint)) -j KUBE-MARK-MASQ\n"
            let memory = entry.keepsClients ? " -m recent --name \(chain) --set" : ""
            let target = AddressAndPort(endpoint, Port(ServiceEntry.endpointPort))
            lines.rules +=
                "-A \(chain)\(comment())\(memory) -m \(transport) -p \(transport)"
                + " -j DNAT --to-destination \(target)\n"
        }
    }

    private func portal(_ address: IPAddress, _ kind: String, _ chain: String) -> String {
        "-A KUBE-SERVICES\(comment(kind)) -m \(transport) -p \(transport) -d \(host(address))"
            + " --dport \(ServiceEntry.port) -j \(chain)\n"
    }

    private func host(_ address: IPAddress) -> CIDR { CIDR(address) }

    private func comment(_ kind: String = "") -> String {
        chains.comment(kind.isEmpty ? name : "\(name) \(kind)")
    }
}

extension PortRules {
    private func appendExternal(to lines: inout KubeProxyChains.Lines) {
        lines.chains += ":\(external) - [0:0]\n"
        let words = chains.comment("masquerade traffic for \(name) external destinations")
        lines.rules += "-A \(external)\(words) -j KUBE-MARK-MASQ\n"
        lines.rules += "-A \(external) -j \(service)\n"
        for balancer in entry.balancers(chains.family) {
            lines.portals += portal(balancer, "loadbalancer IP", external)
        }
        lines.nodePorts +=
            "-A KUBE-NODEPORTS\(comment()) -m \(transport) -p \(transport)"
            + " --dport \(port.nodePort) -j \(external)\n"
    }

    /// The rules that choose an endpoint, each with its share of what is left.
    private func appendChoice(to lines: inout KubeProxyChains.Lines) {
        if let pods = LabNetwork.allPods(chains.family) {
            lines.rules +=
                "-A \(service)\(comment("cluster IP")) -m \(transport) -p \(transport)"
                + " -d \(host(address)) --dport \(ServiceEntry.port) ! -s \(pods)"
                + " -j KUBE-MARK-MASQ\n"
        }
        if entry.keepsClients {
            for endpoint in endpoints {
                let chain = endpointChain(endpoint)
                lines.rules +=
                    "-A \(service)\(comment()) -m recent --name \(chain) --rcheck"
                    + " --seconds \(ServiceEntry.affinitySeconds) --reap -j \(chain)\n"
            }
        }
        for (index, endpoint) in endpoints.enumerated() {
            let left = endpoints.count - index
            let share =
                left > 1 ? " -m statistic --mode random --probability \(probability(left))" : ""
            lines.rules += "-A \(service)\(comment())\(share) -j \(endpointChain(endpoint))\n"
        }
    }

    /// One of so many, with ten decimals.
    private func probability(_ count: Int) -> String {
        let digits = String(10_000_000_000 / count)
        return "0." + String(repeating: "0", count: 10 - digits.count) + digits
    }
}
