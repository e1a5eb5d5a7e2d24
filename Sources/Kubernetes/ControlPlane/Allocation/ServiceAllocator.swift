import Network

/// Completes services as an API server does when it takes them in: defaults, addresses, node ports.
struct ServiceAllocator {
    private(set) var allocations: Allocations
    private let nodePorts: ClosedRange<UInt16>
    var networks: [CIDR]

    init(_ options: ControlPlaneOptions, _ allocations: Allocations) {
        self.allocations = allocations
        nodePorts = options.nodePorts
        networks = options.serviceNetworks
    }
}

extension ServiceAllocator {
    /// The service with all that was left open; an error, and no change, if it cannot be had.
    mutating func admit(_ service: Service) throws(ObjectError) -> Service {
        var service = service
        var holding = Holding()
        do throws(ObjectError) {
            try service.spec.setDefaults(networks.map(\.family))
            if service.spec.type != .externalName, !service.spec.isHeadless {
                try giveAddresses(&service, &holding)
            }
            if service.spec.takesNodePorts { try giveNodePorts(&service, &holding) }
            if service.spec.hasHealthCheck { try giveHealthCheck(&service, &holding) }
        } catch {
            throw error.inside("spec")
        }
        allocations.assign(holding, to: service.key)
        return service
    }

    mutating func release(_ service: ObjectKey) { allocations.assign(Holding(), to: service) }

    /// Gives back what services hold that are not there any more.
    mutating func keep(only services: Set<ObjectKey>) {
        for key in allocations.holdings.keys where !services.contains(key) { release(key) }
    }
}

extension ServiceAllocator {
    private func giveAddresses(
        _ service: inout Service, _ holding: inout Holding
    ) throws(ObjectError) {
        let held = allocations[service.key].addresses
        for (index, family) in service.spec.ipFamilies.enumerated() {
            let wanted =
                service.spec.clusterIPs.indices.contains(index)
                ? service.spec.clusterAddresses[index] : nil
            if let wanted { try check(wanted, service.key, index) }
            let kept = held.first { $0.family == family && isInNetwork($0) }
            if let address = wanted ?? kept {
                holding.addresses.append(address)
            } else {
                holding.addresses.append(try freeAddress(family, for: service.key))
            }
        }
        service.spec.clusterIPs = holding.addresses.map(ClusterIP.address)
        try service.spec.settle()
    }

    private func isInNetwork(_ address: IPAddress) -> Bool {
        networks.contains { $0.contains(address) }
    }

    private func check(
        _ address: IPAddress, _ service: ObjectKey, _ index: Int
    ) throws(ObjectError) {
        let field = "clusterIPs[\(index)]"
        guard networks.contains(where: { $0.hosts.contains(address) }) else {
            let ranges = networks.map(\.description).joined(separator: ", ")
            throw ObjectError("\(address) is no host's address of \(ranges)", in: field)
        }
        if let owner = allocations.owner(of: address), owner != service {
            throw ObjectError("\(address) belongs to the service \(owner) already", in: field)
        }
    }

    private func freeAddress(
        _ family: IPFamily, for service: ObjectKey
    ) throws(ObjectError) -> IPAddress {
        guard let network = networks.first(where: { $0.family == family }) else {
            throw ObjectError("there is no \(family.fieldText) network for services")
        }
        let hosts = network.hosts
        // More than a cluster has services; a look through all of them must end.
        let count = Int(min(hosts.count, 1 << 24))
        let base = network.offset(of: hosts.lower) ?? 0
        let hash = StableHash(service.namespace, service.name, family.fieldText)
        let offset = Pool(count: count, share: 16, most: 256).free(hash) {
            network.address(at: base + $0).map { allocations.owner(of: $0) == nil } ?? false
        }
        guard let address = offset.flatMap({ network.address(at: base + $0) }) else {
            throw ObjectError("no address of \(network) is free", in: "clusterIPs")
        }
        return address
    }
}

extension ServiceAllocator {
    private func giveNodePorts(
        _ service: inout Service, _ holding: inout Holding
    ) throws(ObjectError) {
        // Those that were named first: the others must not take them.
        for (index, port) in service.spec.ports.enumerated() where port.nodePort != 0 {
            let nodePort = NodePort(transport: port.transport, number: port.nodePort)
            try check(nodePort, service.key, "ports[\(index)].nodePort")
            holding.nodePorts.append(.init(nodePort: nodePort, port: port.port))
        }
        guard service.spec.allocateLoadBalancerNodePorts != false else { return }
        for (index, port) in service.spec.ports.enumerated() where port.nodePort == 0 {
            let number = try nodePort(for: port, of: service.key, holding)
            service.spec.ports[index].nodePort = number
            let nodePort = NodePort(transport: port.transport, number: number)
            holding.nodePorts.append(.init(nodePort: nodePort, port: port.port))
        }
    }

    /// The one it has, or the one that the port has for another protocol, or a free one.
    private func nodePort(
        for port: ServicePort, of service: ObjectKey, _ holding: Holding
    ) throws(ObjectError) -> UInt16 {
        let before = allocations[service].nodePorts.filter { $0.port == port.port }
        let own = before.filter { $0.nodePort.transport == port.transport }
        let shared = holding.nodePorts.filter { $0.port == port.port }
        for candidate in own + shared + before {
            let number = candidate.nodePort.number
            let nodePort = NodePort(transport: port.transport, number: number)
            if isFree(nodePort, for: service, holding) { return number }
        }
        return try freePort(port.transport, "\(port.port)", service, holding)
    }

    private func giveHealthCheck(
        _ service: inout Service, _ holding: inout Holding
    ) throws(ObjectError) {
        let wanted = service.spec.healthCheckNodePort
        let held = allocations[service.key].nodePorts.first { $0.port == 0 }?.nodePort
        if wanted != 0 {
            let nodePort = NodePort(transport: .tcp, number: wanted)
            try check(nodePort, service.key, "healthCheckNodePort")
            if holding.nodePorts.contains(where: { $0.nodePort == nodePort }) {
                throw ObjectError("a port of the service has it", in: "healthCheckNodePort")
            }
        } else if let held, isFree(held, for: service.key, holding) {
            service.spec.healthCheckNodePort = held.number
        } else {
            service.spec.healthCheckNodePort = try freePort(.tcp, "health", service.key, holding)
        }
        let nodePort = NodePort(transport: .tcp, number: service.spec.healthCheckNodePort)
        holding.nodePorts.append(.init(nodePort: nodePort, port: 0))
    }

    private func check(
        _ port: NodePort, _ service: ObjectKey, _ field: String
    ) throws(ObjectError) {
        guard nodePorts.contains(port.number) else {
            throw ObjectError(
                "\(port.number) is not between \(nodePorts.lowerBound) and \(nodePorts.upperBound)",
                in: field)
        }
        if let owner = allocations.owner(of: port), owner != service {
            throw ObjectError("\(port) belongs to the service \(owner) already", in: field)
        }
    }

    private func isFree(_ port: NodePort, for service: ObjectKey, _ holding: Holding) -> Bool {
        let owner = allocations.owner(of: port)
        return nodePorts.contains(port.number) && (owner == nil || owner == service)
            && !holding.nodePorts.contains { $0.nodePort == port }
    }

    private func freePort(
        _ transport: TransportProtocol, _ name: String, _ service: ObjectKey, _ holding: Holding
    ) throws(ObjectError) -> UInt16 {
        let hash = StableHash(service.namespace, service.name, name)
        let offset = Pool(count: nodePorts.count, share: 32, most: 128).free(hash) {
            let number = nodePorts.lowerBound + UInt16($0)
            return isFree(NodePort(transport: transport, number: number), for: service, holding)
        }
        guard let offset else { throw ObjectError("no node port is free", in: "ports") }
        return nodePorts.lowerBound + UInt16(offset)
    }
}
