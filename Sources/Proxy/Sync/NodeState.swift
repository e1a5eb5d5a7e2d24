import Kubernetes
import Network

/// What is known of the node and the cluster at one moment, beside services.
struct NodeState: Hashable, Sendable {
    var view: NodeView
    var facts = NodeFacts()
    var serviceNetworks: [IPFamily: [CIDR]] = [:]
    /// All addresses of the node's links, where they matter.
    var addresses: Set<IPAddress> = []

    init(_ settings: ProxySettings) { view = NodeView(name: settings.nodeName) }
}

extension NodeState {
    mutating func read(_ snapshot: Snapshot) {
        view = NodeView(name: view.name, in: snapshot)
        facts = NodeFacts(name: view.name, in: snapshot)
        for family in IPFamily.allCases {
            serviceNetworks[family] = snapshot.serviceNetworks(of: family)
        }
    }

    /// The node's own address of a family (S115).
    func address(of family: IPFamily, _ settings: ProxySettings) -> IPAddress? {
        if let address = settings.nodeAddress, address.family == family { return address }
        return facts.addresses[family]
    }

    func networks(of family: IPFamily, _ settings: ProxySettings) -> NodeNetworks {
        var networks = NodeNetworks()
        networks.serviceNetworks = AddressRange.joined(serviceNetworks[family] ?? [])
        networks.podNetworks = AddressRange.joined(podNetworks(of: family, settings))
        switch settings.nodePorts {
        case .primary:
            networks.nodeAddresses = Set([address(of: family, settings)].compactMap(\.self))
        case .networks(let allowed):
            networks.nodeAddresses = addresses.filter { address in
                !address.isLoopback && allowed.contains { $0.contains(address) }
            }
        }
        return networks
    }

    private func podNetworks(of family: IPFamily, _ settings: ProxySettings) -> [CIDR] {
        switch settings.detection {
        case .clusterCIDR(let networks): networks.filter { $0.family == family }
        case .nodeCIDR: facts.podNetworks(of: family)
        case .bridge, .interfacePrefix, .none: []
        }
    }
}

extension AddressRange {
    /// The addresses of networks in as few ranges as possible: those of a set may not touch.
    static func joined(_ networks: [CIDR]) -> [AddressRange] {
        CIDR.disjoint(networks).map(\.addresses).reduce(into: []) { ranges, range in
            guard let last = ranges.last, last.upper.advanced(by: 1) == range.lower,
                let joined = AddressRange(last.lower, through: range.upper)
            else { return ranges.append(range) }
            ranges[ranges.count - 1] = joined
        }
    }
}
