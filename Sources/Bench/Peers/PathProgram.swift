/// What keeps services on a node.
package enum PathProgram: String, Hashable, Sendable, CaseIterable {
    /// Nothing: the node only routes, without connection tracking, and there are no services.
    case none
    case weft
    /// What kube-proxy writes in its nftables mode, loaded by nft.
    case kubeProxyNFTables = "kube-proxy-nft"
    /// What kube-proxy writes in its iptables mode, loaded by iptables-nft-restore.
    case kubeProxyIPTables = "kube-proxy-iptables"
    /// The same, loaded by iptables-legacy-restore.
    case kubeProxyLegacy = "kube-proxy-iptables-legacy"
}
