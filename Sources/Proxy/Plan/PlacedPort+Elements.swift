import Network

extension PlacedPort {
    /// Hands out the port's elements, of one set or of all; always in the same order.
    func forEachElement(of only: ProxySet? = nil, _ body: (ProxyElement) -> Void) {
        let wanted = { (set: ProxySet) in only == nil || only == set }
        if wanted(.services) || wanted(.nodePorts) { emitDestinations(only, body) }
        for route in [.cluster, .local] as [PortMeaning.Route] {
            emitList(placement.list(route), placement[route], wanted, body)
        }
        if wanted(.guards), let number = placement.guardNumber {
            body(ProxyElement(.guards, .ticket(placement.list(.cluster)), .guard(number)))
        }
        if isAffine { emitAffinity(wanted, body) }
    }

    var elements: [ProxyElement] {
        var all = [ProxyElement]()
        forEachElement { all.append($0) }
        return all
    }

    private var isAffine: Bool { !placement.slots.isEmpty }
}

extension PlacedPort {
    private func emitDestinations(_ only: ProxySet?, _ body: (ProxyElement) -> Void) {
        for destination in meaning.destinations where !placement.denied.contains(destination) {
            let set: ProxySet = destination.address == nil ? .nodePorts : .services
            guard only == nil || only == set else { continue }
            let ticket = Ticket(port: placement.number, flags(of: destination))
            body(ProxyElement(set, .destination(destination), .ticket(ticket)))
        }
    }

    private func flags(of destination: Destination) -> Ticket.Flags {
        let isInternal = destination.address == meaning.clusterAddress
        let route = isInternal ? meaning.internalRoute : meaning.externalRoute
        var flags: Ticket.Flags = isInternal ? [] : .external
        if route == .local { flags.insert(.local) }
        if isAffine { flags.insert(.affine) }
        if !meaning.hasEndpoints { flags.insert(.refused) }
        if !isInternal, placement.guardNumber != nil, let address = destination.address,
            meaning.loadBalancerAddresses.contains(address)
        {
            flags.insert(.guarded)
        }
        return flags
    }

    private func emitList(
        _ list: Ticket, _ arrangement: Arrangement, _ wanted: (ProxySet) -> Bool,
        _ body: (ProxyElement) -> Void
    ) {
        guard let rotation = arrangement.rotation else {
            guard wanted(.endpoints), let backend = arrangement.backends.first else { return }
            return body(backend.element(at: list))
        }
        if wanted(.rotations) {
            body(ProxyElement(.rotations, .ticket(list), .ticket(rotation.ticket)))
        }
        guard wanted(isAffine ? .turns : .endpoints) else { return }
        let slots = placement.slotTickets
        for (turn, backend) in arrangement.backends.enumerated() {
            let place = rotation.place(turn)
            if !isAffine {
                body(backend.element(at: place))
            } else if let slot = slots[backend.endpoint] {
                body(ProxyElement(.turns, .ticket(place), .ticket(slot)))
            }
        }
    }

    private func emitAffinity(_ wanted: (ProxySet) -> Bool, _ body: (ProxyElement) -> Void) {
        let port = placement.list(.cluster)
        if wanted(.affineLists) {
            body(ProxyElement(.affineLists, .ticket(port), .ticket(port)))
        }
        let seconds = meaning.affinity ?? 0
        for route in [.cluster, .local] as [PortMeaning.Route] where meaning.uses(route) {
            let list = ProxyElement.Key.ticket(placement.list(route))
            if wanted(.affinePorts) { body(ProxyElement(.affinePorts, list, .ticket(port))) }
            if wanted(.affinities) {
                body(ProxyElement(.affinities, list, .affinity(seconds: seconds, route)))
            }
        }
        for slot in placement.slots {
            let key = ProxyElement.Key.ticket(slot.ticket)
            if wanted(.slots) { body(ProxyElement(.slots, key, .ticket(slot.ticket))) }
            if wanted(.localSlots), slot.backend.isLocal {
                body(ProxyElement(.localSlots, key, .ticket(slot.ticket)))
            }
            if wanted(.endpoints) { body(slot.backend.element(at: slot.ticket)) }
        }
    }
}

extension Backend {
    fileprivate func element(at place: Ticket) -> ProxyElement {
        ProxyElement(.endpoints, .ticket(place), .backend(address, port))
    }
}
