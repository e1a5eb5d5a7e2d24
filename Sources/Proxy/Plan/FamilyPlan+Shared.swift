import Network

// Elements that several service ports have in common.

extension FamilyPlan {
    /// Counts the addresses of a port in, and those of the one it was out.
    mutating func share(
        _ port: PlacedPort?, instead old: PlacedPort?, _ change: inout TableChange
    ) {
        backendCount += (port?.placement.backendCount ?? 0) - (old?.placement.backendCount ?? 0)
        if port?.meaning.clusterAddress != old?.meaning.clusterAddress {
            let address = port?.meaning.clusterAddress
            if let address { Self.count(&clusterAddresses, .clusterAddresses, address, &change) }
            let gone = old?.meaning.clusterAddress
            if let gone { Self.discount(&clusterAddresses, .clusterAddresses, gone, &change) }
        }
        let now = port?.placement.hairpins ?? []
        let before = old?.placement.hairpins ?? []
        for address in now.subtracting(before) {
            Self.count(&hairpins, .hairpin, address, &change)
        }
        for address in before.subtracting(now) {
            Self.discount(&hairpins, .hairpin, address, &change)
        }
    }

    private static func count(
        _ counts: inout [IPAddress: Int], _ set: ProxySet, _ address: IPAddress,
        _ change: inout TableChange
    ) {
        counts[address, default: 0] += 1
        if counts[address] == 1 { change.add(ProxyElement(set, .address(address))) }
    }

    private static func discount(
        _ counts: inout [IPAddress: Int], _ set: ProxySet, _ address: IPAddress,
        _ change: inout TableChange
    ) {
        counts[address, default: 1] -= 1
        guard counts[address] == 0 else { return }
        counts[address] = nil
        change.delete(ProxyElement(set, .address(address)))
    }
}

extension Placement {
    /// Backends on this node that may be chosen for their own connections (S73).
    var hairpins: Set<IPAddress> {
        Set(
            (cluster.backends.lazy.filter(\.isLocal).map(\.address))
                + local.backends.lazy.map(\.address))
    }
}
