package import Kubernetes
package import Network

extension ServiceMeaning {
    /// Reads what a service and its slices, in any order, mean on a node.
    ///
    /// Complaints about the service are the same in both families.
    package init(
        of service: Service, slices: [Shared<EndpointSlice>], on node: NodeView, family: IPFamily,
        settings: ModelSettings
    ) {
        self.init()
        guard let address = service.proxiedAddress(of: family) else { return }
        let balancing = readBalancing(of: service)
        let weights = balancing == .weighted ? EndpointWeights(of: service) : nil
        let addresses = ServiceAddresses(of: service, clusterAddress: address, settings: settings)
        let pool = EndpointPool(
            of: service, slices: slices, on: node, family: family, weights: weights)
        complaints += weights?.complaints ?? []
        complaints += addresses.complaints
        complaints += pool.complaints
        readHealthCheck(of: service)
        readPorts(of: service, PortTerms(service, address, addresses, balancing), pool)
    }

    private mutating func readBalancing(of service: Service) -> Balancing {
        guard let text = service.metadata.annotations[Balancing.annotation] else {
            return .roundRobin
        }
        if let balancing = Balancing(rawValue: text) { return balancing }
        let words = Balancing.allCases.map(\.rawValue).joined(separator: ", ")
        complaints.append(
            service.complaint(
                "is balanced round-robin: \(Balancing.annotation) is \"\(text)\", not one of "
                    + words))
        return .roundRobin
    }

    private mutating func readHealthCheck(of service: Service) {
        guard service.hasHealthCheck else { return }
        healthCheckPort = service.spec.healthCheckNodePort
        if healthCheckPort == 0 {
            complaints.append(
                service.complaint(
                    "has no spec.healthCheckNodePort: load balancers cannot ask for its backends"))
        }
    }

    private mutating func readPorts(
        of service: Service, _ terms: PortTerms, _ pool: EndpointPool
    ) {
        var localReady: Set<IPAddress> = []
        let unique = UniquePorts(of: service)
        complaints += unique.complaints
        ports.reserveCapacity(unique.ports.count)
        for port in unique.ports {
            let candidates = pool.candidates(for: port)
            ports.append(terms.meaning(of: port, EndpointChoice(candidates)))
            if healthCheckPort == 0 { continue }
            for candidate in candidates
            where candidate.backend.isLocal && candidate.state.contains(.ready) {
                localReady.insert(candidate.backend.address)
            }
        }
        localEndpoints = localReady.count
    }
}
