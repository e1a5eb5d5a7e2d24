package import Kubernetes
package import Network

/// What the proxy needs to know of its own node beside what services depend on.
package struct NodeFacts: Hashable, Sendable {
    /// The node's own address in each family it has one of (S115).
    package var addresses: [IPFamily: IPAddress] = [:]
    /// The networks its pods have addresses of (S72).
    package var podNetworks: [CIDR] = []
    /// Whether load balancers may send traffic here (S132).
    package var isEligible = false

    /// What is known while there is no such node.
    package init() {}

    package init(of node: Node) {
        addresses = node.status.firstAddresses
        podNetworks = node.spec.podCIDRs.compactMap { CIDR(legacy: $0)?.network }
        isEligible =
            node.metadata.deletionTime == nil
            && !node.spec.taints.contains { $0.key == Self.removalTaint }
    }

    package init(name: String, in snapshot: Snapshot) {
        guard let node = snapshot.nodes[ObjectKey(name: name)]?.value else {
            self.init()
            return
        }
        self.init(of: node)
    }

    package func podNetworks(of family: IPFamily) -> [CIDR] {
        podNetworks.filter { $0.family == family }
    }

    /// Says that the cluster's autoscaler is about to remove the node.
    private static let removalTaint = "ToBeDeletedByClusterAutoscaler"
}
