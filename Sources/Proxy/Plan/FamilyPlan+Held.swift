import Kubernetes
import Network

extension FamilyPlan {
    /// What the kernel has of services already, as far as what is wanted of them lets it be known.
    static func held(
        of services: [ObjectKey: [PortMeaning]], in held: HeldTable
    ) -> [ObjectKey: [PortMeaning]] {
        guard var contents = held.contents, contents.hasSets(of: held.table) else { return [:] }
        var plan = FamilyPlan(held.table, seed: 0)
        var change = TableChange(held.table)
        let elements = HeldElements(&contents, held.table)
        plan.adopt(contents, elements, services, &change)
        return services.mapValues { ports in
            ports.compactMap { plan.held($0, elements) }
        }
    }

    private mutating func held(_ port: PortMeaning, _ elements: HeldElements) -> PortMeaning? {
        guard let number = claimedNumbers[port.name] else { return nil }
        let placement = elements.placement(number, of: port, &pool)
        var held = PlacedPort(port, placement).fullMeaning
        let has = { (address: IPAddress?, number: UInt16) in
            elements.port(of: Destination(address, port.name.transport, number))
                == placement.number
        }
        held.externalAddresses.removeAll { !has($0, port.port) }
        held.loadBalancerAddresses.removeAll { !has($0, port.port) }
        if !has(nil, port.nodePort) { held.nodePort = 0 }
        let known = Dictionary(
            port.backends.map { ($0.endpoint, $0) }, uniquingKeysWith: { first, _ in first })
        held.cluster = held.cluster.filter { $0.port != 0 }.map { known[$0.endpoint] ?? $0 }
        held.local = held.local.filter { $0.port != 0 }.map { known[$0.endpoint] ?? $0 }
        return held
    }
}
