package import Network

extension NodeStatus {
    /// The first address of each family, those within the cluster's network before others.
    package var firstAddresses: [IPFamily: IPAddress] {
        var first: [IPFamily: IPAddress] = [:]
        for type in ["InternalIP", "ExternalIP"] {
            for entry in addresses where entry.type == type {
                guard let address = IPAddress(legacy: entry.address) else { continue }
                first[address.family] = first[address.family] ?? address
            }
        }
        return first
    }
}
