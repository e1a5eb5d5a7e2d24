import Kubernetes
import Network

/// Which tracked connections must be looked at after services have changed.
struct StaleConnections {
    private(set) var checks: [StaleCheck] = []

    init(
        _ before: [ObjectKey: [PlacedPort]], _ wanted: WantedServices, _ settings: ProxySettings
    ) {
        for (key, old) in before {
            let new = wanted[key]
            let datagrams = (old.map(\.meaning) + new).contains { $0.name.transport == .udp }
            if datagrams { checkDatagrams(key, old, new, wanted) }
            if settings.drain != nil { drain(old, new, wanted.family) }
        }
    }

    /// Connections of UDP never end by themselves while the client goes on sending (S80–S84).
    private mutating func checkDatagrams(
        _ key: ObjectKey, _ old: [PlacedPort], _ new: [PortMeaning], _ wanted: WantedServices
    ) {
        let serving = wanted.serving(key)
        var left = Set(old.filter { $0.meaning.name.transport == .udp }.flatMap(\.taken))
        for port in new where port.name.transport == .udp {
            let backends = Set((serving[port.name] ?? []).map(\.place))
            for destination in port.destinations {
                left.remove(destination)
                add(destination, .serving(backends), wanted.family)
            }
        }
        for destination in left { add(destination, .serving([]), wanted.family) }
    }

    /// Connections to a backend that is gone are forgotten after the grace.
    private mutating func drain(
        _ old: [PlacedPort], _ new: [PortMeaning], _ family: IPFamily
    ) {
        for port in old where port.meaning.name.transport != .udp {
            let now = new.first { $0.name == port.meaning.name }
            let kept = Set(((now?.cluster ?? []) + (now?.local ?? [])).map(\.place))
            let full = port.fullMeaning
            let gone = Set((full.cluster + full.local).map(\.place)).subtracting(kept)
            for destination in port.taken {
                if !gone.isEmpty { add(destination, .removed(gone), family) }
                if !kept.isEmpty { add(destination, .serving(kept), family) }
            }
        }
    }

    private mutating func add(
        _ destination: Destination, _ backends: StaleCheck.Backends, _ family: IPFamily
    ) {
        let port = Port(rawValue: destination.port)
        let target =
            if let address = destination.address {
                StaleCheck.Target(destination.transport, AddressAndPort(address, port))
            } else {
                StaleCheck.Target(destination.transport, nodePort: port, family)
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
