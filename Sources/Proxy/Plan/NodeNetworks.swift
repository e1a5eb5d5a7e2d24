package import Network

/// What a table knows of the node and the cluster beside services, in one address family.
package struct NodeNetworks: Hashable, Sendable {
    /// The node's addresses that serve node ports (S54).
    package var nodeAddresses: Set<IPAddress> = []
    /// Where services' own addresses come from (S65).
    package var serviceNetworks: [AddressRange] = []
    /// Where this node's pods have theirs (S72).
    package var podNetworks: [AddressRange] = []

    package init() {}
}
