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
                    let address = PathLab.endpoint(index, place, family)
                    for transport in [TransportProtocol.tcp, .udp] {
                        var inquirer = Inquirer(
                            transport, AddressAndPort(address, 8080), from: client)
                        #expect(
                            inquirer.ask(within: .seconds(20)) == UInt8(index),
                            "\(family) \(transport) from \(client.name)")
                    }
                }
            }
        }
        withExtendedLifetime(responders) {}
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
            var inquirer = Inquirer(
                .udp, AddressAndPort(PathLab.endpoint(1, .across, family), 8080), from: lab.client)
            #expect(inquirer.ask(within: .seconds(20)) == 1)
        }
        for host in [lab.client, lab.outside] + lab.nodes + lab.servers {
            var socket = try host.routes()
            let asked = try socket.list(.neighbours()).filter {
                !$0.state.contains(.permanent) && !$0.state.contains(.noARP)
            }
            #expect(asked.isEmpty, "\(host.name)")
        }
        withExtendedLifetime(responders) {}
    }
}

extension PathLab {
    /// Servers on all pods, each of which tells its number.
    func respond() throws -> Responders {
        try Responders(on: servers, port: Port(ServiceEntry.endpointPort))
    }
}
