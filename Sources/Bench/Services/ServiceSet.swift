package import Network

/// The services of a cluster: those that are measured, and others that are only there.
package struct ServiceSet: Hashable, Sendable {
    package let count: Int
    /// How many endpoints each service has.
    package let endpoints: Int
    package let families: [IPFamily]
    /// Where the endpoints of the measured services are.
    package let place: Place
    /// What the measured services are reached by.
    package let kinds: Set<ServiceKind>

    package init(
        _ count: Int, endpoints: Int, families: [IPFamily], _ place: Place = .sameNode,
        kinds: Set<ServiceKind> = [.clusterIP]
    ) {
        self.count = count
        self.endpoints = endpoints
        self.families = families
        self.place = place
        self.kinds = kinds
    }

    /// Nodes that endpoints nobody is behind are spread over; the first two are the lab's.
    private static let nodeCount = 100
    /// A service's endpoints come and go within so many more addresses.
    private static let spare = 4

    package static func node(_ number: Int) -> String { "node-\(number)" }
}

extension ServiceSet {
    /// The measured service is in the middle: where rules are looked through from the first on, that
    /// is what half of all services meet.
    package var measured: Int { count / 2 }

    /// The one that keeps its clients is an additional one.
    var sticky: Int { count }

    /// The numbers of all services.
    package var numbers: Range<Int> { 0..<(kinds.contains(.affinity) ? count + 1 : count) }

    private func isMeasured(_ number: Int) -> Bool { number == measured || number == sticky }

    /// A service with its endpoints of the given numbers, or with all that it usually has.
    package func entry(_ number: Int, endpoints indices: [Int]? = nil) -> ServiceEntry {
        let indices = indices ?? Array(0..<endpoints)
        var entry = ServiceEntry(
            namespace: "ns-\(number % 100)", name: "service-\(number)", ports: ports(number),
            addresses: families.map { LabNetwork.services.address(number + 1, $0) },
            endpoints: indices.map { endpoint(number, $0) })
        entry.keepsClients = number == sticky && kinds.contains(.affinity)
        if number == measured, kinds.contains(.loadBalancer) {
            entry.balancers = families.map { LabNetwork.balancers.address(number + 1, $0) }
        }
        return entry
    }

    private func ports(_ number: Int) -> [ServiceEntry.Port] {
        guard isMeasured(number) else { return [.init(name: "http", transport: .tcp)] }
        let isOpen = number == measured && !kinds.isDisjoint(with: [.nodePort, .loadBalancer])
        let nodePort: UInt16 = isOpen ? Self.nodePort : 0
        return [
            .init(name: "tcp", transport: .tcp, nodePort: nodePort),
            .init(name: "udp", transport: .udp, nodePort: nodePort),
        ]
    }

    private func endpoint(_ number: Int, _ index: Int) -> ServiceEntry.Endpoint {
        if isMeasured(number) {
            let addresses = families.map { PathLab.endpoint(index, place, $0) }
            return .init(addresses: addresses, node: Self.node(place.serverNode))
        }
        let offset = number * (endpoints + Self.spare) + index
        return .init(
            addresses: families.map { LabNetwork.fillers.address(offset, $0) },
            node: Self.node((number + index) % Self.nodeCount + 1))
    }
}

extension ServiceSet {
    static let nodePort: UInt16 = 30080

    /// Where a client finds a measured service.
    package func target(of kind: ServiceKind, _ family: IPFamily) -> AddressAndPort {
        let port = Port(rawValue: ServiceEntry.port)
        return switch kind {
        case .direct, .headless:
            AddressAndPort(
                PathLab.endpoint(0, place, family), Port(rawValue: ServiceEntry.endpointPort))
        case .clusterIP:
            AddressAndPort(LabNetwork.services.address(measured + 1, family), port)
        case .affinity: AddressAndPort(LabNetwork.services.address(sticky + 1, family), port)
        case .loadBalancer:
            AddressAndPort(LabNetwork.balancers.address(measured + 1, family), port)
        case .nodePort:
            AddressAndPort(PathLab.nodeAddress(1, family), Port(rawValue: Self.nodePort))
        }
    }
}
