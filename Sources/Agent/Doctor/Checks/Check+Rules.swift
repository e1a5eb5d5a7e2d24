import NFTables
import Netlink

extension Check {
    static let rules = [
        Check("proxies", "what another service proxy has left") { $0.otherProxies },
        Check("networks", "what other networks of pods have left") {
            $0.otherNetworks + $0.oldTables
        },
        Check("firewalls", "rules that drop what the node passes on") { $0.dropped },
    ]
}

extension MachineFacts {
    fileprivate var otherProxies: [Finding] {
        guard configuration.proxy.isEnabled else { return [] }
        let places = chains.filter { table, chains in
            table.name == "kube-proxy" || chains.contains { $0.name.name == "KUBE-SERVICES" }
        }.keys.map(\.description).sorted()
        guard !places.isEmpty else { return [] }
        return [
            .error(
                "kube-proxy's rules translate services too: \(places.joined(separator: ", "))",
                "stop kube-proxy (kubectl -n kube-system delete daemonset kube-proxy), then restart "
                    + "weft agent, which takes its rules over, or run kube-proxy --cleanup")
        ]
    }

    /// Networks by how their links and chains begin.
    private static let networks: [(name: String, links: [String], chains: [String])] = [
        ("flannel", ["flannel."], ["FLANNEL-"]),
        ("Calico", ["cali", "vxlan.calico"], ["cali-"]),
        ("Cilium", ["cilium_", "lxc_health"], ["CILIUM_"]),
        ("kube-router", ["kube-bridge", "kube-dummy-if"], ["KUBE-ROUTER-", "KUBE-POD-FW-"]),
        ("Weave", ["weave", "vxlan-6784"], ["WEAVE"]),
    ]

    fileprivate var otherNetworks: [Finding] {
        Self.networks.compactMap { network in
            let links = links.map(\.name).filter { name in
                network.links.contains { name.hasPrefix($0) }
            }
            let tables = chains.filter { table, chains in
                table.name.hasPrefix(network.name.lowercased())
                    || chains.contains { chain in
                        network.chains.contains { chain.name.name.hasPrefix($0) }
                    }
            }.keys.map { "table \($0)" }.sorted()
            guard !(links + tables).isEmpty else { return nil }
            return .warning(
                "\(network.name) is or was here: \((links + tables).joined(separator: ", "))",
                "remove its DaemonSet, then its links (ip link delete NAME) and rules, or reboot the "
                    + "node")
        }
    }

    fileprivate var oldTables: [Finding] {
        guard !legacyTables.isEmpty else { return [] }
        return [
            .warning(
                "iptables-legacy has rules, which are not looked at here: "
                    + legacyTables.joined(separator: ", "),
                "iptables-legacy-save shows them; use iptables-nft, and remove them")
        ]
    }

    /// A verdict to accept in one table does not undo another's policy to drop (R11).
    fileprivate var dropped: [Finding] {
        chains.flatMap { table, chains in
            chains.filter { $0.base?.hook == .forward && $0.base?.policy == .drop }
        }.sorted { $0.name.description < $1.name.description }.map { chain in
            let owner = owner(of: chain.name.table)
            let accept =
                owner == "docker" ? "iptables -I DOCKER-USER" : "iptables -I \(chain.name.name)"
            return .warning(
                "\(chain.name) drops what the node passes on, unless its rules accept it"
                    + (owner.map { " (\($0)'s)" } ?? ""),
                "see that it accepts pods' networks both ways, as by \(accept) -s PODS -j ACCEPT and "
                    + "-d PODS, or set the policy to accept")
        }
    }

    private func owner(of table: TableName) -> String? {
        if table.name == "firewalld" { return "firewalld" }
        let names = (chains[table] ?? []).map(\.name.name)
        return [("DOCKER", "docker"), ("ufw", "ufw")].first { prefix, _ in
            names.contains { $0.hasPrefix(prefix) }
        }?.1
    }
}
