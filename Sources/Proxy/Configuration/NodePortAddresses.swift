package import Network

/// At which of the node's addresses its node ports are.
package enum NodePortAddresses: Hashable, Sendable {
    /// At the first address of each family that the Node object tells.
    case primary
    /// At the addresses within these networks; one of prefix length 0 holds all of its family.
    case networks([CIDR])
}

extension NodePortAddresses {
    static let primaryWord = "primary"
}
