import Network

/// The backends of a list in the order of their turns.
struct Arrangement: Hashable, Sendable {
    /// Nil for a list of at most one backend whose clients need not be remembered.
    var rotation: Rotation?
    var backends: [Backend] = []
}

/// Where a service port stands in its table.
struct Placement: Hashable, Sendable {
    /// The port's number in tickets.
    let number: UInt32
    var cluster = Arrangement()
    var local = Arrangement()
    /// The backends that clients can be bound to; only with affinity.
    var slots: [Slot] = []
    var guardNumber: UInt32?
    /// Destinations that another port had first.
    var denied: [Destination] = []
    /// How many backends connections may come to.
    var backendCount = 0

    /// A backend's number among all that ever were bound to.
    struct Slot: Hashable, Sendable {
        let backend: Backend
        let ticket: Ticket
    }
}

extension Placement {
    func list(_ route: PortMeaning.Route) -> Ticket {
        Ticket(port: number, route == .local ? .local : [])
    }

    var slotTickets: [BackendEndpoint: Ticket] {
        Dictionary(slots.map { ($0.backend.endpoint, $0.ticket) }, uniquingKeysWith: { $1 })
    }

    /// Lists that are the only one are not looked through.
    func countBackends(_ balancing: Balancing) -> Int {
        let hasOneTurnEach = balancing == .roundRobin || balancing == .random
        if hasOneTurnEach, cluster.backends.isEmpty || local.backends.isEmpty {
            return cluster.backends.count + local.backends.count
        }
        return Set((cluster.backends + local.backends).map(\.endpoint)).count
    }

    subscript(route: PortMeaning.Route) -> Arrangement {
        get { route == .local ? local : cluster }
        set { if route == .local { local = newValue } else { cluster = newValue } }
    }
}

/// What tells a backend from others, whatever its weight.
struct BackendEndpoint: Hashable, Sendable {
    let address: IPAddress
    let port: UInt16
}

extension Backend {
    var endpoint: BackendEndpoint { BackendEndpoint(address: address, port: port) }
}

/// A service port with its place.
struct PlacedPort: Hashable, Sendable {
    /// Without the lists of backends, which the placement has.
    var meaning: PortMeaning
    var placement: Placement

    init(_ meaning: PortMeaning, _ placement: Placement) {
        self.meaning = meaning
        self.meaning.cluster = []
        self.meaning.local = []
        self.placement = placement
    }
}

extension PortMeaning {
    /// Which of its lists the rules may come to (S28).
    func uses(_ route: Route) -> Bool {
        switch route {
        case .cluster: internalRoute == .cluster || isExternallyReachable
        case .local:
            internalRoute == .local || externalRoute == .local && isExternallyReachable
        }
    }

    subscript(route: Route) -> [Backend] { route == .local ? local : cluster }

    /// All places that connections to it go to, each once.
    var destinations: [Destination] {
        var all = [Destination(clusterAddress, name.transport, port)]
        for address in externalAddresses + loadBalancerAddresses {
            let destination = Destination(address, name.transport, port)
            if !all.contains(destination) { all.append(destination) }
        }
        if nodePort != 0 { all.append(Destination(nil, name.transport, nodePort)) }
        return all
    }
}
