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

    /// One family's networks; nil where its primary address is meant.
    ///
    /// Networks of the other family only leave this one all of its addresses, as in kube-proxy.
    package func networks(of family: IPFamily) -> [CIDR]? {
        guard case .networks(let networks) = self else { return nil }
        let own = networks.filter { $0.family == family }
        let hasAll = own.isEmpty || own.contains { $0.prefixLength == 0 }
        return hasAll ? [CIDR(allOf: family)] : own
    }
}
