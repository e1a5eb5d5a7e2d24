package import Kubernetes
package import Network

/// All nodes of the cluster, seen from one of them.
package struct ClusterNodes: Equatable, Sendable {
    /// The node that this is; nil as long as the cluster has none of its name.
    package private(set) var own: ClusterNode?
    /// All others, by name.
    package private(set) var peers: [ClusterNode] = []
    package private(set) var findings: [NodeFinding] = []

    package init() {}

    /// Nodes that are known already, and do not overlap.
    package init(own: ClusterNode, peers: [ClusterNode]) {
        self.own = own
        self.peers = peers.sorted { $0.name < $1.name }
    }

    /// The nodes of a snapshot; of networks that overlap, the older node's counts (R12).
    package init(_ snapshot: Snapshot, own name: String) {
        var taken = TakenNetworks()
        var nodes: [ClusterNode] = []
        for node in snapshot.nodes.map(\.value.value).sorted(by: Self.isOlder) {
            var read = ClusterNode(node) { [name = node.metadata.name] problem in
                findings.append(NodeFinding(node: name, problem))
            }
            read.networks.removeAll { network in
                guard let owner = taken.claim(network, for: read.name) else { return false }
                findings.append(NodeFinding(node: read.name, .overlapping(network, owner)))
                return true
            }
            nodes.append(read)
        }
        own = nodes.first { $0.name == name }
        peers = nodes.filter { $0.name != name }.sorted { $0.name < $1.name }
    }

    private static func isOlder(_ first: Node, _ second: Node) -> Bool {
        let times = (first.metadata.creationTime, second.metadata.creationTime)
        guard let (one, other) = times as? (Timestamp, Timestamp), one != other else {
            return first.metadata.name < second.metadata.name
        }
        return one < other
    }
}

extension ClusterNodes {
    /// The networks of all pods of the cluster.
    package var networks: [CIDR] { (own.map(\.networks) ?? []) + peers.flatMap(\.networks) }
}
