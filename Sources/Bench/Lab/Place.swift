/// Where the servers are, seen from their client.
package enum Place: String, Hashable, Sendable, CaseIterable {
    /// Pods of the same node.
    case sameNode = "same-node"
    /// Pods of another node, on the same network as the client's.
    case across
    /// Pods of another node, behind a VXLAN tunnel.
    case vxlan

    /// The number of the node that the servers are on; the client is on the first one.
    package var serverNode: Int { self == .sameNode ? 1 : 2 }
}
