import Network

extension Pod {
    /// Whether the pod has run to its end: nothing answers there any more.
    var isOver: Bool { status.phase == "Succeeded" || status.phase == "Failed" }

    /// What the Ready condition says; without one a pod is ready that runs, or has no phase.
    ///
    /// In a cluster every pod has the condition. A manifest that only names addresses means a
    /// pod that is there.
    var isReady: Bool {
        if let condition = status.conditions.first(where: { $0.type == "Ready" }) {
            return condition.status == "True"
        }
        return status.phase.isEmpty || status.phase == "Running"
    }

    /// The pod as an endpoint of a service; nil if it has no address of the family.
    func endpoint(of service: Service, _ family: IPFamily, zone: String) -> Endpoint? {
        let addresses = addresses.filter { $0.family == family }
        guard !addresses.isEmpty, !isOver else { return nil }
        let isTerminating = metadata.deletionTime != nil
        var endpoint = Endpoint()
        endpoint.addresses = addresses
        endpoint.conditions = EndpointConditions(
            ready: service.spec.publishNotReadyAddresses || isReady && !isTerminating,
            serving: isReady, terminating: isTerminating)
        if !spec.hostname.isEmpty, spec.subdomain == service.metadata.name {
            endpoint.hostname = spec.hostname
        }
        endpoint.target = EndpointTarget(pod: metadata.name)
        endpoint.nodeName = spec.nodeName
        endpoint.zone = zone
        return endpoint
    }

    /// Where the pod takes a service's traffic; a name that none of its containers has is left out.
    func endpointPorts(of service: Service) -> [EndpointPort] {
        service.spec.ports.compactMap { port in
            guard let number = number(of: port) else { return nil }
            var endpointPort = EndpointPort()
            endpointPort.name = port.name
            endpointPort.transport = port.transport
            endpointPort.port = number
            endpointPort.appProtocol = port.appProtocol
            return endpointPort
        }
    }

    private func number(of port: ServicePort) -> UInt16? {
        switch port.targetPort {
        case nil: return port.port
        case .number(let number): return UInt16(exactly: number)
        case .name(let name):
            let sidecars = spec.initContainers.filter { $0.restartPolicy == "Always" }
            return (spec.containers + sidecars).lazy.flatMap(\.ports).first {
                $0.name == name && $0.transport == port.transport
            }?.containerPort
        }
    }
}
