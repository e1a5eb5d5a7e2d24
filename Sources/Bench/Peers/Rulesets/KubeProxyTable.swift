import Network

/// A set of services as kube-proxy's nftables mode writes them for `nft -f`: a chain with a rule of its
/// own and an anonymous map for each port of a service.
struct KubeProxyTable {
    let services: ServiceSet
    let family: IPFamily
    /// The node that it is for.
    let node: String
    let name: String
    /// What addresses are in rules, and in the types of sets.
    let ip: String
    let addressType: String

    init(_ services: ServiceSet, _ family: IPFamily, node: String) {
        self.services = services
        self.family = family
        self.node = node
        ip = family == .v4 ? "ip" : "ip6"
        addressType = family == .v4 ? "ipv4_addr" : "ipv6_addr"
        name = "\(ip) kube-proxy"
    }

    /// All of it, as one transaction.
    var text: String {
        var text = "add table \(name)\n" + sets + chains
        for number in services.numbers { append(services.entry(number), to: &text) }
        return text
    }

    /// A key of an address, a transport protocol and a port.
    var place: String { "\(ip) daddr . meta l4proto . th dport" }
}

extension KubeProxyTable {
    private var sets: String {
        let place = "\(addressType) . inet_proto . inet_service"
        var text = """
            add set \(name) cluster-ips { type \(addressType) ; }
            add set \(name) nodeport-ips { type \(addressType) ; }
            add set \(name) hairpin-connections { type \(addressType) . \(place) ; }
            add map \(name) service-ips { type \(place) : verdict ; }
            add map \(name) service-nodeports { type inet_proto . inet_service : verdict ; }
            add map \(name) firewall-ips { type \(place) : verdict ; }
            add map \(name) no-endpoint-services { type \(place) : verdict ; }
            add map \(name) no-endpoint-nodeports { type inet_proto . inet_service : verdict ; }\n
            """
        let number = services.place.serverNode == 2 && node == ServiceSet.node(2) ? 2 : 1
        text += element("nodeport-ips", "\(PathLab.nodeAddress(number, family))")
        return text
    }

    private var chains: String {
        Self.baseChains.map { "add chain \(name) \($0.name) { \($0.hook) ; }\n" }.joined()
            + Self.sharedChains.map { "add chain \(name) \($0)\n" }.joined()
            + Self.jumps.map { rule($0.from, "\($0.condition)jump \($0.to)") }.joined()
            + sharedRules
    }

    private var sharedRules: String {
        rule(
            "masquerading", "meta mark & 0x4000 != 0 meta mark set meta mark ^ 0x4000 \(masquerade)"
        )
            + rule("masquerading", "\(ip) saddr . \(place) @hairpin-connections \(masquerade)")
            + rule("cluster-ips-check", "\(ip) daddr @cluster-ips reject")
            + (LabNetwork.services.network(family).map {
                rule("cluster-ips-check", "\(ip) daddr { \($0) } drop")
            } ?? "")
            + rule("service-endpoints-check", "\(place) vmap @no-endpoint-services")
            + rule(
                "nodeport-endpoints-check",
                "\(ip) daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports")
            + rule("firewall-check", "\(place) vmap @firewall-ips")
            + rule("reject-chain", "reject")
            + (LabNetwork.allPods(family).map {
                rule("services", "\(ip) daddr @cluster-ips \(ip) saddr != \($0) \(mark)")
            } ?? "")
            + rule("services", "\(place) vmap @service-ips")
            + rule(
                "services",
                "\(ip) daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports")
    }

    private var masquerade: String { "masquerade fully-random" }
    var mark: String { "meta mark set meta mark | 0x4000" }

    func rule(_ chain: String, _ words: String) -> String { "add rule \(name) \(chain) \(words)\n" }

    func element(_ set: String, _ words: String) -> String {
        "add element \(name) \(set) { \(words) }\n"
    }
}

extension KubeProxyTable {
    /// The chains that hooks begin with.
    static let baseChains: [(name: String, hook: String)] = [
        ("filter-prerouting-pre-dnat", "type filter hook prerouting priority -110"),
        ("filter-output-pre-dnat", "type filter hook output priority -110"),
        ("filter-input", "type filter hook input priority 0"),
        ("filter-forward", "type filter hook forward priority 0"),
        ("filter-output", "type filter hook output priority 0"),
        ("nat-prerouting", "type nat hook prerouting priority -100"),
        ("nat-output", "type nat hook output priority -100"),
        ("nat-postrouting", "type nat hook postrouting priority 100"),
    ]

    static let sharedChains = [
        "services", "masquerading", "cluster-ips-check", "service-endpoints-check",
        "nodeport-endpoints-check", "firewall-check", "reject-chain",
    ]

    private static let new = "ct state new "

    static let jumps: [(from: String, condition: String, to: String)] = [
        ("filter-prerouting-pre-dnat", new, "firewall-check"),
        ("filter-output-pre-dnat", new, "firewall-check"),
        ("filter-input", new, "nodeport-endpoints-check"),
        ("filter-input", new, "service-endpoints-check"),
        ("filter-forward", new, "service-endpoints-check"),
        ("filter-forward", new, "cluster-ips-check"),
        ("filter-output", new, "service-endpoints-check"),
        ("filter-output", new, "cluster-ips-check"),
        ("nat-prerouting", "", "services"),
        ("nat-output", "", "services"),
        ("nat-postrouting", "", "masquerading"),
    ]
}
