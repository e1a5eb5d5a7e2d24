import Network

/// The networks that nodes have taken, found by any network that overlaps them.
struct TakenNetworks {
    /// Those that were taken, each with its owner.
    private var owners: [CIDR: String] = [:]
    /// How many of those that were taken lie within a network.
    private var within: [CIDR: Int] = [:]

    /// Takes a network; if it overlaps one that is taken it is not, and the answer says whose that is.
    mutating func claim(_ network: CIDR, for owner: String) -> String? {
        let wider = Self.wider(network)
        for candidate in wider {
            if let holder = owners[candidate] { return holder }
        }
        if within[network] != nil {
            return owners.first { network.contains($0.key) }?.value
        }
        owners[network] = owner
        for candidate in wider { within[candidate, default: 0] += 1 }
        return nil
    }

    /// A network and all that contain it.
    private static func wider(_ network: CIDR) -> [CIDR] {
        (0...network.prefixLength).compactMap { CIDR(network.address, prefixLength: $0)?.network }
    }
}
