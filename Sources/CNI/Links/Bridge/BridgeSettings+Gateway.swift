import Netlink
import Network
import Platform

extension BridgeSettings {
    /// The link that has the gateways' addresses: the bridge, or the one that stands for a VLAN.
    func gatewayLink(
        _ bridge: BridgeLink, _ result: NetworkResult, _ socket: inout RouteSocket
    ) throws(CNIError) -> BridgeLink? {
        guard isGateway, !result.addresses.isEmpty else { return nil }
        var link = bridge
        if let own = vlans?.own { link = try vlanLink(own, of: bridge, &socket) }
        try BridgeAddresses(result, forces: forcesAddress)
            .ensure(on: link.index, link.name, at: link.address, &socket)
        return link
    }

    /// Finds or makes the pair by which the node is in one of the bridge's VLANs.
    private func vlanLink(
        _ vlan: UInt16, of bridge: BridgeLink, _ socket: inout RouteSocket
    ) throws(CNIError) -> BridgeLink {
        let text = "\(name).\(vlan)"
        guard let name = InterfaceName(text), let port = InterfaceName("\(text)p") else {
            throw CNIError(
                .invalidConfiguration, "bridge \(name) has too long a name for vlan \(vlan)",
                details: "\(text)p names a link and must not have more than 15 bytes")
        }
        return try reporting { () throws(NetlinkError) in
            if try socket.find(.link(name)) == nil {
                try Self.makePair(name, port, vlan, bridge, &socket)
            }
            guard let link = try socket.find(.link(name)), let address = link.address else {
                throw NetlinkError(.refused(.noDevice), "find link", text)
            }
            return BridgeLink(index: link.index, name: name, address: address, mtu: link.mtu)
        }
    }

    private static func makePair(
        _ name: InterfaceName, _ port: InterfaceName, _ vlan: UInt16, _ bridge: BridgeLink,
        _ socket: inout RouteSocket
    ) throws(NetlinkError) {
        let (own, other) = (MACAddress.random(), MACAddress.random())
        let index = try socket.create(
            NewLink(
                NewLink.End(port, address: other, mtu: bridge.mtu, isUp: true),
                .veth(NewLink.Peer(name, address: own, mtu: bridge.mtu)), master: bridge.index))
        let isIn = BridgeVLAN(vlan, isPortDefault: true, isUntagged: true)
        try socket.run([
            .delete([BridgeVLAN(1...4094)], of: index), .add([isIn], to: index),
            .change(.name(name), .linkLocalAddress(false)), .change(.name(name), .up),
        ])
    }
}
