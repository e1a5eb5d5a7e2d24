import Kubernetes
import Network

extension MACAddress {
    /// The address of a node's end of every tunnel: of its name, so that others know it unasked (R6).
    init(tunnelOf node: String) {
        let hash = StableHash(node).value
        let folded = hash ^ hash >> 48
        let (group, local): (UInt64, UInt64) = (0x01 << 40, 0x02 << 40)
        self.init(rawValue: folded & ~group | local)
    }
}

extension ClusterNode {
    /// What a tunnel's end is reached by within the tunnel, in the family of the pods' addresses.
    ///
    /// IPv6 takes a gateway that is not link-local for wrong as soon as any route but the default one
    /// leads to it by another link, even a route that is just being replaced
    /// (ip6_route_check_nh_onlink). IPv4 has no such check: there it is the address that the node has
    /// on its tunnel.
    func tunnelAddress(_ family: IPFamily) -> IPAddress? {
        switch family {
        case .v4: ownTunnelAddress(.v4)
        case .v6: .v6(MACAddress(tunnelOf: name).linkLocalAddress)
        }
    }

    /// The address that the node has on its tunnel, from which it talks to pods of others: the answers
    /// come back through the tunnel then.
    ///
    /// It is the lowest of its pods' addresses, which no pod and no gateway gets.
    func ownTunnelAddress(_ family: IPFamily) -> IPAddress? { networks(of: family).first?.first }
}
