import Netlink
import Network

@testable import Agent

/// A node with a link to its network, a tunnel of another kind, and peers near and far.
enum Samples {
    static let own = clusterNode(
        "a", ["10.244.1.0/24", "fd00:244:1::/64"], ["192.0.2.1", "2001:db8:a::1"])
    static let ownWithoutIPv6Pods = clusterNode(
        "a", ["10.244.1.0/24"], ["192.0.2.1", "2001:db8:a::1"])
    static let ownElsewhere = clusterNode("a", ["10.244.1.0/24"], ["192.0.2.77"])

    static let near = ["192.0.2.2", "2001:db8:a::2"]
    static let far = ["198.51.100.2", "2001:db8:b::2"]

    static let (ethernet, wireguard) = (LinkIndex(rawValue: 2), LinkIndex(rawValue: 3))

    static let underlay: Underlay = {
        var underlay = Underlay()
        underlay.links[ethernet] = Underlay.Carrier(
            name: "eth0", mtu: 1500, flags: [.up, .running, .broadcast])
        underlay.links[wireguard] = Underlay.Carrier(
            name: "wg0", mtu: 1420, flags: [.up, .running, .noARP, .pointToPoint])
        let ways: [(String, Underlay.Way)] = [
            (near[0], .onLink(ethernet)), (near[1], .onLink(ethernet)),
            (far[0], .routed(ethernet)), (far[1], .routed(ethernet)),
            ("100.64.0.2", .onLink(wireguard)), ("203.0.113.2", .unreachable),
        ]
        for (text, way) in ways {
            if let address = IPAddress(text) { underlay.ways[address] = way }
        }
        for address in own.addresses.values { underlay.addresses[address] = ethernet }
        return underlay
    }()
}
