package import Network

/// What of the pods' traffic the node's own table changes or drops.
package struct PodTrafficSettings: Hashable, Sendable {
    /// Whether what pods send out of the cluster takes the node's address.
    package var masquerades = true
    /// Networks outside of the cluster that know the way to pods, and see pods' own addresses.
    package var excluded: [CIDR] = []
    /// The bit of the packet mark by which the service proxy asks for masquerading, and does it.
    package var masqueradeBit: UInt32 = 1 << 14
    /// What the names of the node's ends of pods' links begin with.
    package var podLinkPrefix = "weft"

    package init() {}
}
