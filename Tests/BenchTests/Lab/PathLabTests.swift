import Netlink
import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite struct `The machines that paths are measured on` {
    @Test(.requiresRoot, arguments: Place.allCases)
    func `clients reach every endpoint by its address`(place: Place) throws {
        let lab = try PathLab(place, endpoints: 3)
        let responders = try lab.respond()
        for family in IPFamily.allCases {
            for client in [lab.client, lab.outside] {
                for index in 0..<3 {
                    for transport in [TransportProtocol.tcp, .udp] {
                        var inquirer = lab.inquirer(
                            transport, lab.target(index, family), isOutside: client === lab.outside)
                        #expect(
                            inquirer.ask(within: .seconds(20)) == UInt8(index),
                            "\(family) \(transport) from \(client.name)")
                    }
                }
            }
        }
        withExtendedLifetime((lab, responders)) {}
    }

    @Test(.requiresRoot, arguments: Place.allCases)
    func `packets of pods are as large as the way takes them`(place: Place) throws {
        let lab = try PathLab(place, endpoints: 1)
        let mtu = try lab.client.link(InterfaceName(validating: "eth0")).mtu
        #expect(mtu == (place == .vxlan ? 1430 : 1500))
    }

    @Test(.requiresRoot) func `no neighbour ever has to be asked for`() throws {
        let lab = try PathLab(.across, endpoints: 2)
        let responders = try lab.respond()
        for family in IPFamily.allCases {
            var inquirer = lab.inquirer(.udp, lab.target(1, family))
            #expect(inquirer.ask(within: .seconds(20)) == 1)
        }
        for host in [lab.client, lab.outside] + lab.nodes + lab.servers {
            var socket = try host.routes()
            // Pods that look for routers are remembered by their link-local addresses.
            let asked = try socket.list(.neighbours()).filter {
                !$0.address.isLinkLocal && !$0.state.contains(.permanent)
                    && !$0.state.contains(.noARP)
            }
            #expect(asked.isEmpty, "\(host.name)")
        }
        withExtendedLifetime((lab, responders)) {}
    }
}

extension PathLab {
    func target(_ endpoint: Int, _ family: IPFamily) -> AddressAndPort {
        AddressAndPort(
            Self.endpoint(endpoint, place, family), Port(ServiceEntry.endpointPort))
    }

    /// A client in a pod, or on the machine outside, with one address: a service with affinity
    /// knows clients by theirs.
    func inquirer(
        _ transport: TransportProtocol, _ target: AddressAndPort, isOutside: Bool = false
    ) -> Inquirer {
        let family = target.address.family
        let sources = isOutside ? Self.outsideClients(family) : Self.clients(family)
        return Inquirer(
            transport, target, from: isOutside ? outside : client, Array(sources.prefix(1)))
    }

    /// Servers on all pods, each of which tells its number.
    func respond() throws -> Responders {
        try Responders(on: servers, port: Port(ServiceEntry.endpointPort))
    }
}
