import Kubernetes
import Network

extension ServiceEntry {
    /// The object that a control plane has for the service.
    func service() -> Service {
        var service = Service()
        (service.metadata.namespace, service.metadata.name) = (namespace, name)
        service.spec.clusterIPs = addresses.map { .address($0) }
        service.spec.ipFamilies = addresses.map(\.family)
        service.spec.ports = ports.map(\.object)
        if keepsClients {
            service.spec.sessionAffinity = .clientIP
            service.spec.sessionAffinityConfig.clientIP.timeoutSeconds = Self.affinitySeconds
        }
        if ports.contains(where: { $0.nodePort != 0 }) {
            service.spec.type = balancers.isEmpty ? .nodePort : .loadBalancer
        }
        service.status.loadBalancer.ingress = balancers.map { address in
            var ingress = LoadBalancerIngress()
            ingress.ip = "\(address)"
            return ingress
        }
        return service
    }

    /// The API's own default.
    static let affinitySeconds: Int32 = 10_800

    func sliceKey(_ family: IPFamily) -> ObjectKey {
        ObjectKey(namespace: namespace, name: "\(name)-\(family.word)")
    }

    /// The slice of all of its endpoints of a family.
    func slice(_ family: IPFamily, _ pool: SharingPool) throws(ObjectError) -> EndpointSlice {
        let key = sliceKey(family)
        var slice = EndpointSlice()
        (slice.metadata.namespace, slice.metadata.name) = (key.namespace, key.name)
        slice.metadata.labels = [EndpointSlice.serviceLabel: name]
        slice.addressType = family == .v4 ? .ipv4 : .ipv6
        slice.ports = ports.map(\.endpointObject)
        for endpoint in endpoints {
            var object = Kubernetes.Endpoint()
            object.addresses = endpoint.addresses.filter { $0.family == family }
            object.nodeName = endpoint.node
            try slice.endpoints.append(object, pool)
        }
        return slice
    }
}

extension ServiceEntry.Port {
    fileprivate var object: ServicePort {
        var port = ServicePort()
        (port.name, port.transport, port.nodePort) = (name, transport, nodePort)
        port.port = ServiceEntry.port
        return port
    }

    fileprivate var endpointObject: EndpointPort {
        var port = EndpointPort()
        (port.name, port.transport) = (name, transport)
        port.port = ServiceEntry.endpointPort
        return port
    }
}
