package import Network

/// What one port of a service means on this node, in one address family.
package struct PortMeaning: Hashable, Sendable {
    package var name: ServicePortName
    package var port: UInt16
    /// The service's own address; it has one of the family, or there is no meaning (S7, S8).
    package var clusterAddress: IPAddress
    /// 0 for none (S21).
    package var nodePort: UInt16 = 0
    /// `spec.externalIPs` of the family (S22).
    package var externalAddresses: [IPAddress] = []
    /// The load balancer's addresses whose packets come with them as destination (S23).
    package var loadBalancerAddresses: [IPAddress] = []
    /// Who may reach the load balancer's addresses; nil for everybody, empty for nobody (S24, S57).
    package var sourceRanges: [CIDR]?
    /// Seconds that a client stays with its backend after its last connection (S25).
    package var affinity: UInt32?
    package var balancing = Balancing.roundRobin
    /// Where connections to the service's own address go (S50).
    package var internalRoute = Route.cluster
    /// Where connections to its external addresses and node port go (S51, S52).
    package var externalRoute = Route.cluster
    /// The backends of the whole cluster that this node uses (S33), by address and port.
    ///
    /// Of the weights in a list one at least is above 0; those with 0 get no new connections.
    package var cluster: [Backend] = []
    /// Those on this node (S34); empty unless a policy asks for them (S28).
    package var local: [Backend] = []
    /// Whether any endpoint, anywhere, could take a connection (S35).
    package var hasEndpoints = false

    package init(_ name: ServicePortName, port: UInt16, clusterAddress: IPAddress) {
        self.name = name
        self.port = port
        self.clusterAddress = clusterAddress
    }

    /// Which list of backends a policy gives connections to.
    package enum Route: Hashable, Sendable {
        case cluster
        case local
    }
}

extension PortMeaning {
    /// Whether it can be reached from outside the cluster (S28).
    package var isExternallyReachable: Bool {
        nodePort != 0 || !externalAddresses.isEmpty || !loadBalancerAddresses.isEmpty
    }

    /// Every backend that some route leads to, once (S37).
    package var backends: [Backend] {
        if local.isEmpty { return cluster }
        let known = Set(cluster.map { AddressAndPort($0.address, Port($0.port)) })
        return cluster + local.filter { !known.contains(AddressAndPort($0.address, Port($0.port))) }
    }

    /// What becomes of connections that a route takes, where it has no backend (S60, S61).
    package func fate(of route: Route) -> Fate {
        if !hasEndpoints { return .reject }
        let backends = route == .cluster ? cluster : local
        return backends.isEmpty ? .drop : .balance
    }

    package enum Fate: Hashable, Sendable {
        case balance
        case drop
        case reject
    }
}
