/// How the nodes' agents lead packets to pods of other nodes.
package enum RouteMode: String, Hashable, Sendable, CaseIterable {
    /// Directly where nodes share a network, else by VXLAN.
    case auto
    case direct
    case vxlan
}
