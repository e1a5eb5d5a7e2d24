import Network
import NFTables

extension FamilyPlan {
    /// Adds what is missing of the table's elements, and deletes what should not be there.
    func compareElements(_ held: inout HeldElements, _ change: inout TableChange) {
        for (set, element) in held.strange { change.delete(element, from: set) }
        for set in ProxySet.allCases where !set.isDynamic && !set.isOfNetworks {
            var left = held.sets.removeValue(forKey: set) ?? [:]
            forEachElement(of: set) { element in
                let data = left.removeValue(forKey: element.key)
                if data == element.data { return }
                if let data { change.delete(ProxyElement(set, element.key, data)) }
                change.add(element)
            }
            for (key, data) in left { change.delete(ProxyElement(set, key, data)) }
        }
    }

    /// All elements of a set that the plan knows of.
    func forEachElement(of set: ProxySet, _ body: (ProxyElement) -> Void) {
        switch set {
        case .nodeAddresses:
            for address in networks.nodeAddresses { body(ProxyElement(set, .address(address))) }
        case .clusterAddresses:
            for address in clusterAddresses.keys { body(ProxyElement(set, .address(address))) }
        case .hairpin:
            for address in hairpins.keys { body(ProxyElement(set, .address(address))) }
        case .counters:
            for group in pool.groups.values { body(group.counter) }
        default: forEachPort { $0.forEachElement(of: set, body) }
        }
    }

    private func forEachPort(_ body: (PlacedPort) -> Void) {
        for ports in ports.values { for port in ports { body(port) } }
    }

    /// Removes chains and sets that have no business in the table.
    func removeStrangers(_ contents: HeldTable.Contents, _ change: inout TableChange) {
        var known = Set(table.chains.map(\.name))
        for seconds in affinityTimes {
            known.formUnion(table.affinityChains(seconds).map(\.name))
        }
        known.formUnion(guards.numbers.map(ProxyTable.guardChain))
        known.formUnion(pool.groups.values.map(\.chainName))
        for name in contents.chains.keys where !known.contains(name) { change.removeChain(name) }
        for name in contents.sets.keys where ProxySet(rawValue: name) == nil {
            change.removeSet(name)
        }
    }
}

extension FamilyPlan {
    /// Makes the node's networks what they are now.
    package mutating func set(_ networks: NodeNetworks, _ change: inout TableChange) {
        let old = self.networks
        self.networks = networks
        for address in networks.nodeAddresses.subtracting(old.nodeAddresses) {
            change.add(ProxyElement(.nodeAddresses, .address(address)))
        }
        for address in old.nodeAddresses.subtracting(networks.nodeAddresses) {
            change.delete(ProxyElement(.nodeAddresses, .address(address)))
        }
        for (set, networks) in networks.bySet {
            change.replace(set, old.bySet[set] ?? [], with: networks)
        }
    }

    func compareNetworks(_ contents: HeldTable.Contents, _ change: inout TableChange) {
        for (set, networks) in networks.bySet {
            let held = (contents.networks[set] ?? []).filter { !$0.isCatchAll }
            change.replace(set, held, with: networks.map(\.interval))
        }
    }
}

extension NodeNetworks {
    fileprivate var bySet: [ProxySet: [AddressRange]] {
        [.serviceNetworks: serviceNetworks, .podNetworks: podNetworks]
    }
}

extension TableChange {
    fileprivate mutating func replace(
        _ set: ProxySet, _ old: [AddressRange], with new: [AddressRange]
    ) {
        replace(set, old.map(\.interval), with: new.map(\.interval))
    }

    fileprivate mutating func replace(_ set: ProxySet, _ old: [Element], with new: [Element]) {
        for element in old where !new.contains(element) { delete(element, from: set) }
        for element in new where !old.contains(element) { add(element, to: set) }
    }
}

extension AddressRange {
    fileprivate var interval: NFTables.Element {
        NFTables.Element(Value(lower), through: lower == upper ? nil : Value(upper))
    }
}
