import Network
import NFTables

/// The elements that say how services stand in a table that the kernel holds.
struct HeldElements {
    var destinations: [Destination: Ticket] = [:]
    var rotations: [Ticket: Ticket] = [:]
    var turns: [Ticket: Ticket] = [:]
    var endpoints: [Ticket: BackendEndpoint] = [:]
    var counters: Set<Ticket> = []
    /// Slots that clients may be bound to, used or not.
    var boundSlots: [Ticket] = []

    init(_ contents: HeldTable.Contents, _ table: ProxyTable) {
        for set in [.services, .nodePorts, .rotations, .turns, .endpoints, .counters] as [ProxySet]
        {
            for list in contents.elements[set] ?? [] {
                for element in list { table.decode(element, of: set).map { take($0) } }
            }
        }
        for list in contents.elements[.affinity] ?? [] {
            for element in list {
                if case .value(let slot)? = element.data {
                    Ticket(slot).map { boundSlots.append($0) }
                }
            }
        }
    }

    private mutating func take(_ element: ProxyElement) {
        switch (element.key, element.data) {
        case (.destination(let destination), .ticket(let ticket)):
            destinations[destination] = ticket
        case (.ticket(let key), .ticket(let ticket)):
            if element.set == .turns { turns[key] = ticket } else { rotations[key] = ticket }
        case (.ticket(let key), .backend(let address, let port)):
            endpoints[key] = BackendEndpoint(address: address, port: port)
        case (.ticket(let key), .counter): counters.insert(key)
        default: break
        }
    }
}

extension HeldElements {
    /// The port's place as the kernel has it, as far as it makes sense for what is wanted.
    func placement(
        _ number: UInt32, of meaning: PortMeaning, _ pool: inout RotationPool
    ) -> Placement {
        var placement = Placement(number: number)
        for route in [.cluster, .local] as [PortMeaning.Route] where meaning.uses(route) {
            let list = placement.list(route)
            placement[route] =
                rotated(list, meaning, &placement.slots, &pool) ?? single(list, meaning[route])
        }
        return placement
    }

    private func single(_ list: Ticket, _ backends: [Backend]) -> Arrangement {
        let held = backends.filter { endpoints[list] == $0.endpoint }
        return Arrangement(rotation: nil, backends: held)
    }

    /// The list's rotation and who takes its turns.
    private func rotated(
        _ list: Ticket, _ meaning: PortMeaning, _ slots: inout [Placement.Slot],
        _ pool: inout RotationPool
    ) -> Arrangement? {
        guard let ticket = rotations[list],
            let rotation = pool.claim(
                ticket, kind: meaning.balancing.rotationKind, meaning.affinity)
        else { return nil }
        var backends = [Backend]()
        for turn in 0..<Int(rotation.shape.turns) {
            let place = rotation.place(turn)
            let slot = turns[place]
            // Whatever is missing gets a backend that nobody has, which is replaced.
            let endpoint = endpoints[slot ?? place] ?? .none
            let backend = Backend(endpoint.address, port: endpoint.port, isLocal: false)
            backends.append(backend)
            if let slot, endpoint != .none {
                slots.append(Placement.Slot(backend: backend, ticket: slot))
            }
        }
        return Arrangement(rotation: rotation, backends: backends)
    }
}

extension BackendEndpoint {
    fileprivate static let none = BackendEndpoint(address: .v4(.unspecified), port: 0)
}
