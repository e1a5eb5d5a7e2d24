import Netlink
import Network
import Topology

extension Lab {
    /// Puts a wire between two hosts; both ends are up and have their addresses on return.
    package func connect(
        _ first: Host, _ firstName: String, _ firstAddresses: [String],
        _ second: Host, _ secondName: String, _ secondAddresses: [String], mtu: UInt32 = 1500
    ) throws {
        let addresses = try [firstAddresses, secondAddresses].map { texts in
            try texts.map { try CIDR(validating: $0) }
        }
        let wire = try Wire(
            Wire.End(first.host, firstName, addresses[0]),
            Wire.End(second.host, secondName, addresses[1]), mtu: mtu)
        try wire.awaitDiscovery()
    }

    /// Makes a switch: a host with a bridge, to which any number of hosts can be joined.
    package func bridge(_ name: String) throws -> Host {
        let bridge = try host(name)
        let link = NewLink.End(try InterfaceName(validating: Self.bridgeName), isUp: true)
        try bridge.change(.create(NewLink(link, .bridge(Bridge()))))
        return bridge
    }

    /// Puts a wire between a host and a switch.
    package func join(
        _ host: Host, _ name: String, _ addresses: [String], to bridge: Host
    ) throws {
        let port = Self.uniqueName("p")
        try connect(host, name, addresses, bridge, port, [])
        let master = try bridge.host.link(InterfaceName(validating: Self.bridgeName))
        try bridge.change(
            .change(.name(InterfaceName(validating: port)), .master(master.index)))
    }

    private static let bridgeName = "bridge"
}
