/// What came of an update of the node's files.
package struct NodeFilesOutcome: Hashable, Sendable {
    /// The files that were written, because they were missing or said something else.
    package var written: [String] = []
    /// Why nothing could be written.
    package var waitsFor: Wait?
    /// What other configurations stand in the way.
    package var findings: [NodeFileFinding] = []
    /// Those that the update before this did not have.
    package var newFindings: [NodeFileFinding] = []

    package enum Wait: Hashable, Sendable {
        case node
        case networks(node: String)
        case dataPlane
    }
}

extension NodeFilesOutcome.Wait: CustomStringConvertible {
    package var description: String {
        switch self {
        case .node: "the cluster has no Node object of this node's name"
        case .networks(let node):
            "node \(node) has no podCIDR; see that the controller manager allocates them "
                + "(--allocate-node-cidrs, --cluster-cidr)"
        case .dataPlane: "pods of other nodes cannot be reached yet"
        }
    }
}
