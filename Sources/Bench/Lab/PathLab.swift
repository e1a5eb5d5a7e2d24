package import Network
package import Topology

/// The machines that a path is measured on: a client, nodes, servers, and a client outside.
///
/// They are namespaces without a name: nothing of them remains, whatever becomes of the process.
package final class PathLab: Sendable {
    package let place: Place
    /// A pod of the first node.
    package let client: Host
    /// A machine that is none of the cluster's; its way to everything is the first node.
    package let outside: Host
    package let nodes: [Host]
    /// Pods, one for each endpoint.
    package let servers: [Host]

    /// Makes a lab with so many endpoints.
    package init(_ place: Place, endpoints: Int) throws(BenchError) {
        let builder = LabBuilder(place: place)
        let parts = try BenchError.of(.network, "make network namespaces") {
            try builder.parts(endpoints: endpoints)
        }
        self.place = place
        client = parts.client
        outside = parts.outside
        nodes = parts.nodes
        servers = parts.servers
    }
}

extension PathLab {
    /// The address of an endpoint.
    package static func endpoint(_ index: Int, _ place: Place, _ family: IPFamily) -> IPAddress {
        LabNetwork.pods(node: place.serverNode).address(firstEndpoint + index, family)
    }

    /// The addresses of the client: with several, ports of connections that are over are not needed
    /// again before routers have forgotten them.
    package static func clients(_ family: IPFamily) -> [IPAddress] {
        clientNumbers.map { LabNetwork.pods(node: 1).address($0, family) }
    }

    /// Those of the machine outside.
    package static func outsideClients(_ family: IPFamily) -> [IPAddress] {
        clientNumbers.map { LabNetwork.outside.address($0, family) }
    }

    /// Where a node is reached by the machine outside, and where it serves node ports.
    package static func nodeAddress(_ node: Int, _ family: IPFamily) -> IPAddress {
        node == 1 ? LabNetwork.outside.address(1, family) : LabNetwork.nodes.address(node, family)
    }

    private static let clientNumbers = 2..<18
    private static let firstEndpoint = 256
}
