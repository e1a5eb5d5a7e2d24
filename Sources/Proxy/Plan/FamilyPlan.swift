package import Kubernetes
import Network

/// What a table holds for the services of one address family, and the change to what it should.
///
/// A plan is a value: it knows no kernel. Whoever owns it applies the changes in the order they
/// were made, and takes what the kernel holds in anew when one was refused.
package struct FamilyPlan: Sendable {
    package internal(set) var table: ProxyTable
    var ports: [ObjectKey: [PlacedPort]] = [:]
    var pool = RotationPool()
    var retired = RetiredPlaces()
    var guards = GuardPool()
    var claims = Claims()
    var numbers = NumberPool()
    /// Idle times that there are chains for.
    var affinityTimes: Set<UInt32> = []
    /// Addresses that several ports share, by how many do.
    var clusterAddresses: [IPAddress: Int] = [:]
    var hairpins: [IPAddress: Int] = [:]
    var networks = NodeNetworks()
    /// How many backends all ports have.
    package internal(set) var backendCount = 0
    /// Numbers that the kernel's table gives to ports, while it is being adopted.
    var claimedNumbers: [ServicePortName: UInt32] = [:]
    /// Where the next arrangement begins; different on each node.
    var nextStart: Int

    /// `seed` makes nodes begin their rotations at different backends.
    package init(_ table: ProxyTable, seed: Int) {
        self.table = table
        nextStart = seed & Int(Int32.max)
    }

    package var serviceCount: Int { ports.count }
    package var conflictCount: Int { claims.conflictCount }

    /// Where a service stands, for whoever wants to explain it.
    func placedPorts(of service: ObjectKey) -> [PlacedPort] { ports[service] ?? [] }

    /// What a service asks for and does not get, for another had it first.
    func conflicts(of service: ObjectKey) -> [Complaint] {
        placedPorts(of: service).flatMap { port in
            port.placement.denied.map { destination in
                let owner = claims.owner(of: destination).map { "\($0)" } ?? "another service"
                return Complaint(
                    "Service \(service)", "is not reached at \(destination): \(owner) had it first")
            }
        }
    }
}

extension FamilyPlan {
    /// Makes a service what it means now; without ports it goes.
    ///
    /// The answer is the services that waited for something this one has given back: they are to be
    /// planned next.
    package mutating func set(
        _ service: ObjectKey, to meanings: [PortMeaning], _ change: inout TableChange
    ) -> [ObjectKey] {
        let before = ports[service] ?? []
        var waiting = [ObjectKey]()
        for port in before where !meanings.contains(where: { $0.name == port.meaning.name }) {
            waiting += remove(port, &change)
        }
        var after = [PlacedPort]()
        let index = Dictionary(
            before.map { ($0.meaning.name, $0) }, uniquingKeysWith: { first, _ in first })
        for meaning in meanings {
            let old = index[meaning.name]
            guard let number = old?.placement.number ?? numbers.take() else { continue }
            waiting += releaseDestinations(of: old, keptBy: meaning)
            let port = place(meaning, number, after: old, &change)
            share(port, instead: old, &change)
            change.replace(old?.elements ?? [], with: port.elements, retiring: &retired)
            after.append(port)
        }
        ports[service] = after.isEmpty ? nil : after
        return waiting
    }

    private mutating func remove(_ port: PlacedPort, _ change: inout TableChange) -> [ObjectKey] {
        share(nil, instead: port, &change)
        change.replace(port.elements, with: [], retiring: &retired)
        for route in [.cluster, .local] as [PortMeaning.Route] {
            if let rotation = port.placement[route].rotation { retired.retire(rotation) }
        }
        releaseGuard(of: port)
        numbers.put(port.placement.number)
        return releaseDestinations(of: port, keptBy: nil)
    }

    private mutating func releaseDestinations(
        of old: PlacedPort?, keptBy meaning: PortMeaning?
    ) -> [ObjectKey] {
        guard let old else { return [] }
        let kept = meaning?.destinations ?? []
        return old.meaning.destinations.filter { !kept.contains($0) }.compactMap {
            claims.release($0, by: old.meaning.name)
        }
    }
}

extension FamilyPlan {
    mutating func place(
        _ meaning: PortMeaning, _ number: UInt32, after old: PlacedPort?,
        _ change: inout TableChange
    ) -> PlacedPort {
        var placement = Placement(number: number)
        placement.denied = meaning.destinations.filter { !claims.claim($0, for: meaning.name) }
        takeGuard(for: meaning, old, &placement, &change)
        for route in [.cluster, .local] as [PortMeaning.Route] {
            let backends = meaning.uses(route) ? meaning[route] : []
            placement[route] = arrange(
                backends, meaning, after: old?.placement[route] ?? Arrangement(), &change)
        }
        placement.backendCount = placement.countBackends(meaning.balancing)
        if let seconds = meaning.affinity {
            addAffinityChains(seconds, &change)
            placement.slots = slots(for: placement, after: old?.placement.slots ?? [])
        }
        return PlacedPort(meaning, placement)
    }

    private mutating func arrange(
        _ backends: [Backend], _ meaning: PortMeaning, after old: Arrangement,
        _ change: inout TableChange
    ) -> Arrangement {
        let order = meaning.balancing.turns(of: backends, after: old.backends, start: nextStart)
        let needsRotation = order.count > 1 || meaning.affinity != nil && !order.isEmpty
        let shape = needsRotation ? Rotation.Shape(meaning, turns: order.count) : nil
        if shape == old.rotation?.shape {
            return Arrangement(rotation: old.rotation, backends: order)
        }
        nextStart = (nextStart + 1) & Int(Int32.max)
        if let rotation = old.rotation { retired.retire(rotation) }
        return Arrangement(rotation: shape.map { takeRotation($0, &change) }, backends: order)
    }

    private mutating func takeRotation(
        _ shape: Rotation.Shape, _ change: inout TableChange
    ) -> Rotation {
        if let seconds = shape.affinity { addAffinityChains(seconds, &change) }
        let (rotation, group) = pool.take(shape)
        if let group { change.add(group) }
        return rotation
    }

    private mutating func addAffinityChains(_ seconds: UInt32, _ change: inout TableChange) {
        guard affinityTimes.insert(seconds).inserted else { return }
        for chain in table.affinityChains(seconds) { change.add(chain) }
    }

    /// Who stays keeps the slot, so that clients stay bound (S58, S59).
    private mutating func slots(
        for placement: Placement, after old: [Placement.Slot]
    ) -> [Placement.Slot] {
        let known = Dictionary(
            old.map { ($0.backend.endpoint, $0.ticket) }, uniquingKeysWith: { first, _ in first })
        var seen = Set<BackendEndpoint>()
        return (placement.cluster.backends + placement.local.backends).compactMap { backend in
            guard seen.insert(backend.endpoint).inserted else { return nil }
            let ticket = known[backend.endpoint] ?? Ticket(place: pool.takePlaces(1))
            return Placement.Slot(backend: backend, ticket: ticket)
        }
    }

    /// Adds missing spare rotations and drops what is superfluous, when there is nothing else to do.
    package mutating func restock() -> TableChange {
        var change = TableChange(table)
        for _ in 0..<2 { removeRetired(&change) }
        let (new, old) = pool.restock()
        for group in new { change.add(group) }
        for group in old { change.remove(group) }
        for number in guards.dropUnused() { change.removeChain(ProxyTable.guardChain(number)) }
        return change
    }
}

extension FamilyPlan {
    private mutating func takeGuard(
        for meaning: PortMeaning, _ old: PlacedPort?, _ placement: inout Placement,
        _ change: inout TableChange
    ) {
        let ranges = meaning.loadBalancerAddresses.isEmpty ? nil : meaning.sourceRanges
        if let old, ranges != nil, old.placement.guardNumber != nil,
            old.meaning.sourceRanges == ranges
        {
            placement.guardNumber = old.placement.guardNumber
            return
        }
        if let ranges {
            let (number, isNew) = guards.take(ranges)
            if isNew {
                change.add(RuleChain(ProxyTable.guardChain(number), table.guardRules(ranges)))
            }
            placement.guardNumber = number
        }
        if let old { releaseGuard(of: old) }
    }

    private mutating func releaseGuard(of port: PlacedPort) {
        guard port.placement.guardNumber != nil, let ranges = port.meaning.sourceRanges else {
            return
        }
        guards.put(ranges)
    }
}

extension Rotation.Shape {
    init(_ meaning: PortMeaning, turns: Int) {
        self.init(meaning.balancing.rotationKind, turns: turns, affinity: meaning.affinity)
    }
}

extension TableChange {
    mutating func add(_ group: RotationGroup) {
        add(table.chain(of: group))
        add(group.counter)
    }

    mutating func remove(_ group: RotationGroup) {
        delete(group.counter)
        removeChain(group.chainName)
    }
}
