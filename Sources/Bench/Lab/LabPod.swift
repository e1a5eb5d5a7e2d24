import Netlink
import Network
import Topology

/// A pod as `weft-cni` attaches one: its node is the next hop to everything.
struct LabPod {
    private let name: String
    private let addresses: [IPAddress]

    static let usualMTU: UInt32 = 1500

    init(_ name: String, _ addresses: [IPAddress]) {
        self.name = name
        self.addresses = addresses
    }

    /// Link-local, the same on every node and for every pod.
    private static let gateways: [IPAddress] = [
        .v4(IPv4Address(169, 254, 1, 1)), .v6(IPv6Address(high: 0xFE80 << 48, low: 1)),
    ]

    /// Makes the pod, with a wire to its node and routes in both.
    func attach(to node: Host, mtu: UInt32) throws -> Host {
        let pod = try Host(name)
        let wire = try Wire(
            Wire.End(node, name, Self.gateways.map { CIDR($0) }),
            Wire.End(pod, "eth0", addresses.map { CIDR($0) }), mtu: mtu)
        try wire.introduce()
        let inner = try pod.link(wire.second.interface).index
        try pod.change(
            Self.gateways.map {
                let flags: NextHopFlags = $0.family == .v4 ? .onLink : []
                return .add(Route(CIDR(allOf: $0.family), via: $0, on: inner, flags: flags))
            })
        let outer = try node.link(wire.first.interface).index
        try node.change(addresses.map { .add(Route(CIDR($0), on: outer, origin: .weft)) })
        return pod
    }
}
