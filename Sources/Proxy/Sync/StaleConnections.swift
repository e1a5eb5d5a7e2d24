import Kubernetes
import Network

/// Which tracked connections must be looked at after services have changed.
struct StaleConnections {
    private(set) var checks: [StaleCheck] = []
    private let plan: FamilyPlan
    private let wanted: WantedServices

    private init(_ wanted: WantedServices, _ plan: FamilyPlan) {
        self.plan = plan
        self.wanted = wanted
    }

    /// After some services have changed; the plan is that of now.
    init(
        _ before: [ObjectKey: [PlacedPort]], _ wanted: WantedServices, _ plan: FamilyPlan,
        _ settings: ProxySettings
    ) {
        self.init(wanted, plan)
        for (key, old) in before {
            let new = wanted[key]
            let datagrams = (old.map(\.meaning) + new).contains { $0.name.transport == .udp }
            if datagrams { checkDatagrams(key, old, new) }
            drain(old.filter { settings.graces[$0.meaning.name.transport] != nil }, new)
        }
    }

    /// After a start or a repair, when nobody knows what has changed meanwhile.
    init(ofAll wanted: WantedServices, _ plan: FamilyPlan) {
        self.init(wanted, plan)
        for (key, service) in wanted.snapshot.services
        where service.value.spec.ports.contains(where: { $0.transport == .udp }) {
            checkDatagrams(key, [], wanted[key])
        }
    }

    /// Connections of UDP never end by themselves while the client goes on sending (S80–S84).
    private mutating func checkDatagrams(
        _ key: ObjectKey, _ old: [PlacedPort], _ new: [PortMeaning]
    ) {
        let serving = wanted.serving(key)
        // What another service has, and this one waits for, leads to the other's backends.
        let denied = Set(plan.placedPorts(of: key).flatMap(\.placement.denied))
        var left = Set(old.filter { $0.meaning.name.transport == .udp }.flatMap(\.taken))
        for port in new where port.name.transport == .udp {
            let backends = Set((serving[port.name] ?? []).map(\.place))
            for destination in port.destinations where !denied.contains(destination) {
                left.remove(destination)
                add(destination, .serving(backends))
            }
        }
        for destination in left { add(destination, .serving([])) }
    }

    /// Connections to a backend that is gone are forgotten after the grace.
    private mutating func drain(_ old: [PlacedPort], _ new: [PortMeaning]) {
        for port in old {
            let now = new.first { $0.name == port.meaning.name }
            let kept = Set(((now?.cluster ?? []) + (now?.local ?? [])).map(\.place))
            let full = port.fullMeaning
            let gone = Set((full.cluster + full.local).map(\.place)).subtracting(kept)
            for destination in port.taken {
                if !gone.isEmpty { add(destination, .removed(gone)) }
                if !kept.isEmpty { add(destination, .serving(kept)) }
            }
        }
    }

    private mutating func add(_ destination: Destination, _ backends: StaleCheck.Backends) {
        let port = Port(rawValue: destination.port)
        let target =
            if let address = destination.address {
                StaleCheck.Target(destination.transport, AddressAndPort(address, port))
            } else {
                StaleCheck.Target(destination.transport, nodePort: port, wanted.family)
            }
        checks.append(StaleCheck(target, backends))
    }
}

extension WantedServices {
    func serving(_ key: ObjectKey) -> [ServicePortName: [Backend]] {
        guard let service = snapshot.services[key]?.value else { return [:] }
        return ServingBackends(
            of: service, slices: snapshot.slices(of: key), on: node, family: family
        ).ofPorts
    }
}

extension PlacedPort {
    /// The destinations that are this port's own.
    var taken: [Destination] {
        meaning.destinations.filter { !placement.denied.contains($0) }
    }
}

extension Backend {
    fileprivate var place: AddressAndPort { AddressAndPort(address, Port(rawValue: port)) }
}
