import Network

/// A set of services as kube-proxy's iptables mode writes them for `iptables-restore`: a rule that looks
/// for each port of a service, one after the other, and chains for the port and for each endpoint.
struct KubeProxyChains {
    let services: ServiceSet
    let family: IPFamily
    /// kube-proxy spares comments where there are many endpoints.
    let hasComments: Bool

    init(_ services: ServiceSet, _ family: IPFamily) {
        self.services = services
        self.family = family
        hasComments = services.count * services.endpoints <= Self.largestCommented
    }

    private static let largestCommented = 1000

    /// All of it, as a full synchronisation writes it.
    var text: String {
        var ports = Lines()
        for number in services.numbers { append(services.entry(number), to: &ports) }
        return Self.filter + "*nat\n" + Self.natChains + ports.chains + Self.natRules + ports.rules
            + ports.portals + ports.nodePorts + nodePortJump + "COMMIT\n"
    }

    /// What services add, in the order in which the text has it.
    struct Lines {
        var chains = ""
        var rules = ""
        /// Rules of the chain that finds a service by its address.
        var portals = ""
        /// Rules of the chain that finds it by a node port.
        var nodePorts = ""
    }
}

extension KubeProxyChains {
    private static let filter = """
        *filter
        :KUBE-EXTERNAL-SERVICES - [0:0]
        :KUBE-FORWARD - [0:0]
        :KUBE-NODEPORTS - [0:0]
        :KUBE-PROXY-FIREWALL - [0:0]
        :KUBE-SERVICES - [0:0]
        -A INPUT -m conntrack --ctstate NEW\(comment("kubernetes load balancer firewall")) \
        -j KUBE-PROXY-FIREWALL
        -A INPUT\(comment("kubernetes health check service ports")) -j KUBE-NODEPORTS
        -A INPUT -m conntrack --ctstate NEW\
        \(comment("kubernetes externally-visible service portals")) -j KUBE-EXTERNAL-SERVICES
        -A FORWARD -m conntrack --ctstate NEW\(comment("kubernetes load balancer firewall")) \
        -j KUBE-PROXY-FIREWALL
        -A FORWARD\(comment("kubernetes forwarding rules")) -j KUBE-FORWARD
        -A FORWARD -m conntrack --ctstate NEW\(comment("kubernetes service portals")) \
        -j KUBE-SERVICES
        -A FORWARD -m conntrack --ctstate NEW\
        \(comment("kubernetes externally-visible service portals")) -j KUBE-EXTERNAL-SERVICES
        -A OUTPUT -m conntrack --ctstate NEW\(comment("kubernetes load balancer firewall")) \
        -j KUBE-PROXY-FIREWALL
        -A OUTPUT -m conntrack --ctstate NEW\(comment("kubernetes service portals")) \
        -j KUBE-SERVICES
        -A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
        -A KUBE-FORWARD\(comment("kubernetes forwarding rules")) -m mark --mark 0x4000/0x4000 \
        -j ACCEPT
        -A KUBE-FORWARD\(comment("kubernetes forwarding conntrack rule")) \
        -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        COMMIT\n
        """

    private static let natChains = """
        :KUBE-MARK-MASQ - [0:0]
        :KUBE-NODEPORTS - [0:0]
        :KUBE-POSTROUTING - [0:0]
        :KUBE-SERVICES - [0:0]\n
        """

    private static let natRules = """
        -A PREROUTING\(comment("kubernetes service portals")) -j KUBE-SERVICES
        -A OUTPUT\(comment("kubernetes service portals")) -j KUBE-SERVICES
        -A POSTROUTING\(comment("kubernetes postrouting rules")) -j KUBE-POSTROUTING
        -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
        -A KUBE-POSTROUTING -j MARK --xor-mark 0x4000
        -A KUBE-POSTROUTING\(comment("kubernetes service traffic requiring SNAT")) \
        -j MASQUERADE --random-fully
        -A KUBE-MARK-MASQ -j MARK --or-mark 0x4000\n
        """

    private static func comment(_ words: String) -> String {
        " -m comment --comment \"\(words)\""
    }

    /// The last rule of its chain, for all addresses of the node.
    private var nodePortJump: String {
        "-A KUBE-SERVICES" + Self.comment("kubernetes service nodeports")
            + " -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS\n"
    }

    func comment(_ words: String) -> String { hasComments ? Self.comment(words) : "" }
}
