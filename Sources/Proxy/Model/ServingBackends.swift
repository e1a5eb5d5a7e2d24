package import Kubernetes
package import Network

/// Where connections of a service's ports may be going, whatever policy sent them there.
package struct ServingBackends: Hashable, Sendable {
    /// Every port of the service is there, with nothing if nothing serves it (S81).
    package let ofPorts: [ServicePortName: [Backend]]

    /// Reads all endpoints that could take connections anywhere: those that are ready, and those
    /// that still serve while they terminate.
    package init(
        of service: Service, slices: [Shared<EndpointSlice>], on node: NodeView, family: IPFamily
    ) {
        guard service.proxiedAddress(of: family) != nil else {
            ofPorts = [:]
            return
        }
        let pool = EndpointPool(of: service, slices: slices, on: node, family: family)
        var ofPorts: [ServicePortName: [Backend]] = [:]
        for port in UniquePorts(of: service).ports {
            let name = ServicePortName(service.key, port: port.name, port.transport)
            ofPorts[name] = pool.candidates(for: port).filter(\.state.isUsable).map(\.backend)
        }
        self.ofPorts = ofPorts
    }
}
