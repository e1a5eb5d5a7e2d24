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
    /// The real kube-proxy that a user has, in its nftables mode.
    case realNFTables = "kube-proxy:nftables"
    /// The same in its iptables mode.
    case realIPTables = "kube-proxy:iptables"
}

extension PathProgram {
    /// Programs that a user can give for them.
    package static let peers = [peer]
    private static let peer = "kube-proxy"

    /// The mode of the real kube-proxy; nil for what needs no program of a user's.
    package var mode: KubeProxy.Mode? { KubeProxy.Mode.allCases.first { $0.program == rawValue } }

    /// Whether it is rules only, without a program that made them.
    var isShape: Bool { self != .none && self != .weft && mode == nil }

    /// Where the program is that a user has given.
    func path(_ peers: PeerPaths) throws(BenchError) -> String {
        guard let path = peers[Self.peer] else {
            throw BenchError(
                .program, "run \(rawValue)", "none was given by --peer \(Self.peer)=PATH")
        }
        return path
    }
}

extension [PathProgram] {
    /// With the real kube-proxy if there is one, in its nftables mode unless another was chosen.
    package func with(_ peers: PeerPaths) -> [PathProgram] {
        guard (try? PathProgram.realNFTables.path(peers)) != nil else { return self }
        return contains { $0.mode != nil } ? self : self + [.realNFTables]
    }
}
