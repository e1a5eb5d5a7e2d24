package import Network

/// Why pods of a node are not reached, as far as it follows from what is known of the nodes.
package struct RouteFinding: Hashable, Sendable {
    package let node: String
    package let problem: Problem

    package enum Problem: Hashable, Sendable {
        /// The cluster has no node of this name, or not yet.
        case unknownNode
        /// The control plane has given it no pod network, or not yet.
        case noNetwork
        case noAddress(IPFamily)
        /// The node's own address is none of this machine's.
        case foreignAddress(IPAddress)
        case unreachable(IPAddress)
        /// Mode direct, and there is a router between.
        case notOnLink(IPAddress)
        /// A tunnel would need an address of this node's own pod networks.
        case noOwnNetwork(IPFamily)
        /// Packets between the nodes would be led to pods.
        case containsNode(CIDR, IPAddress)
    }

    init(_ node: String, _ problem: Problem) {
        self.node = node
        self.problem = problem
    }
}

extension RouteFinding: CustomStringConvertible {
    package var description: String {
        (node.isEmpty ? "this node" : "node \(node)") + ": \(problem)"
    }
}

extension RouteFinding.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownNode: "the cluster has no Node object of its name; routes stay as they are"
        case .noNetwork: "it has no pod network (spec.podCIDRs) yet"
        case .noAddress(let family):
            "no address of both nodes leads to its \(family) pods; give nodes \(family) addresses, "
                + "or use mode vxlan or auto"
        case .foreignAddress(let address):
            "its address \(address) is on no link of this machine, so no tunnel can start there"
        case .unreachable(let address): "there is no route to its address \(address)"
        case .notOnLink(let address):
            "its address \(address) is not on a network of this node's; use mode vxlan or auto"
        case .noOwnNetwork(let family):
            "this node has no \(family) pod network, so there is no tunnel for \(family)"
        case .containsNode(let network, let address):
            "its pod network \(network) contains the node address \(address), and is not routed; "
                + "choose pod networks apart from the nodes'"
        }
    }
}
