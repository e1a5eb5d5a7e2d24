import Netlink
import Network

/// The way out of the node, whose packets' size is the right one for pods.
enum Underlay {
    /// Addresses of no network (RFC 5737, RFC 3849): the route to them is the default route.
    private static func elsewhere(_ family: IPFamily) -> IPAddress {
        switch family {
        case .v4: .v4(IPv4Address(192, 0, 2, 1))
        case .v6: .v6(IPv6Address(high: 0x2001_0db8 << 32, low: 1))
        }
    }

    /// The largest packet of the default route; nil without one.
    static func mtu(
        _ families: [IPFamily], _ socket: inout RouteSocket
    ) throws(NetlinkError) -> UInt32? {
        for family in families {
            // Refused where there is no route.
            guard let route = try? socket.find(.route(to: elsewhere(family))) else { continue }
            if let mtu = route.metrics.mtu { return mtu }
            guard let index = route.hops.first?.link, index != .loopback else { continue }
            if let link = try socket.find(.link(.index(index))) { return link.mtu }
        }
        return nil
    }
}
