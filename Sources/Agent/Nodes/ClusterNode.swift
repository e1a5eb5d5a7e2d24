import Kubernetes
package import Network

/// A node as far as its pods' network is concerned.
package struct ClusterNode: Hashable, Sendable {
    package let name: String
    /// The networks its pods have addresses of, in the order of the Node object.
    package var networks: [CIDR]
    /// Where the node is reached, in each family it has an address of.
    package var addresses: [IPFamily: IPAddress]

    package init(name: String, networks: [CIDR], addresses: [IPFamily: IPAddress]) {
        self.name = name
        self.networks = networks
        self.addresses = addresses
    }

    package func networks(of family: IPFamily) -> [CIDR] {
        networks.filter { $0.family == family }
    }
}

extension ClusterNode {
    /// Reads a Node object; what of it cannot be read is told, and left out.
    init(_ node: Node, finding: (NodeFinding.Problem) -> Void) {
        name = node.metadata.name
        networks = []
        for text in node.spec.podCIDRs {
            guard let network = CIDR(legacy: text)?.network else {
                finding(.unreadable(text))
                continue
            }
            networks.append(network)
        }
        addresses = node.status.firstAddresses
    }
}
