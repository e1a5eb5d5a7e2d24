import Network
import NFTables

/// The elements of a table that the kernel holds, by what they mean.
struct HeldElements {
    /// Whatever is compared; what is taken out of it is right.
    var sets: [ProxySet: [ProxyElement.Key: ProxyElement.Data]] = [:]
    /// What means nothing, and is to go.
    private(set) var strange: [(set: ProxySet, element: Element)] = []
    /// Slots that clients may be bound to, used or not.
    private(set) var boundSlots: [Ticket] = []

    /// Takes the elements out of what was read, so that they are not in memory twice.
    init(_ contents: inout HeldTable.Contents, _ table: ProxyTable) {
        for set in ProxySet.allCases {
            let lists = contents.elements.removeValue(forKey: set) ?? []
            if set == .affinity { readSlots(lists) } else { read(lists, of: set, table) }
        }
    }

    private mutating func read(
        _ lists: consuming [ElementList], of set: ProxySet, _ table: ProxyTable
    ) {
        var held = [ProxyElement.Key: ProxyElement.Data](
            minimumCapacity: lists.reduce(0) { $0 + $1.count })
        while let list = lists.popLast() {
            list.visit { packed, place in
                if let element = table.decode(packed, of: set) {
                    held[element.key] = element.data
                } else if let element = list[place] {
                    strange.append((set, element))
                }
            }
        }
        sets[set] = held
    }

    private mutating func readSlots(_ lists: [ElementList]) {
        for list in lists {
            list.visit { packed, _ in
                if let value = packed.value, let slot = Ticket(value) { boundSlots.append(slot) }
            }
        }
    }
}

extension HeldElements {
    private func ticket(_ set: ProxySet, _ key: ProxyElement.Key) -> Ticket? {
        if case .ticket(let ticket)? = sets[set]?[key] { ticket } else { nil }
    }

    private func endpoint(_ place: Ticket) -> BackendEndpoint? {
        guard case .backend(let address, let port)? = sets[.endpoints]?[.ticket(place)] else {
            return nil
        }
        return BackendEndpoint(address: address, port: port)
    }

    /// The service port that has a destination.
    func port(of destination: Destination) -> UInt32? {
        ticket(destination.address == nil ? .nodePorts : .services, .destination(destination))?.port
    }

    func hasCounter(_ group: RotationGroup) -> Bool {
        sets[.counters]?[.ticket(group.ticket)] == .counter
    }

    /// Places that backends have.
    func forEachPlace(_ body: (Ticket) -> Void) {
        for key in sets[.endpoints, default: [:]].keys {
            if case .ticket(let ticket) = key { body(ticket) }
        }
        for slot in boundSlots { body(slot) }
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
        let endpoint = endpoint(list)
        let held = backends.filter { endpoint == $0.endpoint }
        return Arrangement(rotation: nil, backends: held)
    }

    /// The list's rotation and who takes its turns.
    private func rotated(
        _ list: Ticket, _ meaning: PortMeaning, _ slots: inout [Placement.Slot],
        _ pool: inout RotationPool
    ) -> Arrangement? {
        guard let ticket = ticket(.rotations, .ticket(list)),
            let rotation = pool.claim(
                ticket, kind: meaning.balancing.rotationKind, meaning.affinity)
        else { return nil }
        var backends = [Backend]()
        for turn in 0..<Int(rotation.shape.turns) {
            let place = rotation.place(turn)
            let slot = self.ticket(.turns, .ticket(place))
            // Whatever is missing gets a backend that nobody has, which is replaced.
            let endpoint = self.endpoint(slot ?? place) ?? .none
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
