/// The chains of kube-proxy's iptables mode, by their names.
enum KubeProxyChains {
    /// Those it has in tables of iptables; kubelet's own (KUBE-FIREWALL, KUBE-KUBELET-CANARY,
    /// KUBE-IPTABLES-HINT) are none of them.
    private static let names: Set = [
        "KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES", "KUBE-NODEPORTS", postrouting, markMasquerade,
        "KUBE-FORWARD", "KUBE-PROXY-FIREWALL", "KUBE-PROXY-CANARY",
    ]
    private static let prefixes = [
        "KUBE-SVC-", "KUBE-SVL-", "KUBE-EXT-", "KUBE-SEP-", "KUBE-FW-", "KUBE-XLB-",
    ]
    static let markMasquerade = "KUBE-MARK-MASQ"
    /// It masquerades what the other one marks.
    static let postrouting = "KUBE-POSTROUTING"

    /// The tables that iptables keeps them in.
    static let tables: Set = ["nat", "filter", "mangle", "raw"]

    static func contains(_ chain: String) -> Bool {
        names.contains(chain) || prefixes.contains { chain.hasPrefix($0) }
    }
}
