package import Kubernetes
import Network

/// A cluster with every kind of service that has names: of a hundred, eighty have addresses, fifteen
/// are headless with host names, three are names of others, two are headless without host names.
package struct MixedCluster: GeneratedCluster {
    package let services: Int
    /// At least two, of which the last is never ready.
    package let endpoints: Int
    package let namespaceCount = 100

    package init(services: Int, endpoints: Int) {
        self.services = services
        self.endpoints = max(endpoints, 2)
    }
}

extension MixedCluster {
    package func service(_ number: Int) -> Service {
        let shape = ServiceShape(number)
        var service = Service()
        service.metadata = ObjectMeta(
            "service-\(number)", in: namespace(of: number), number, of: .service)
        service.spec.ports = shape.ports
        guard shape.kind != .externalName else {
            service.spec.type = .externalName
            service.spec.externalName = externalName(number)
            return service
        }
        service.spec.selector["app"] = "app-\(number)"
        service.spec.ipFamilies = shape.families
        service.spec.ipFamilyPolicy = shape.families.count > 1 ? .requireDualStack : .singleStack
        service.spec.clusterIPs =
            shape.kind == .clusterIP
            ? shape.families.map { .address(.service(number, $0)) } : [.none]
        return service
    }

    package func slices(_ number: Int, round: Int) throws(ObjectError) -> [EndpointSlice] {
        let shape = ServiceShape(number)
        if shape.kind == .externalName { return [] }
        var slices: [EndpointSlice] = []
        for family in shape.families {
            slices.append(try slice(number, shape, family, round: round))
        }
        return slices
    }

    /// Names outside, with and without the last dot, and of services here.
    private func externalName(_ number: Int) -> String {
        switch number % 3 {
        case 0: "host-\(number).bench.test"
        case 1: "host-\(number).bench.test."
        default:
            "service-\(number - number % 100).\(namespace(of: number)).svc.cluster.local"
        }
    }

    private func slice(
        _ number: Int, _ shape: ServiceShape, _ family: IPFamily, round: Int
    ) throws(ObjectError) -> EndpointSlice {
        var slice = EndpointSlice()
        let name = "service-\(number)-\(family == .v4 ? "abcde" : "fghij")"
        slice.metadata = ObjectMeta(
            name, in: namespace(of: number), number * 2 + (family == .v4 ? 0 : 1),
            of: .endpointSlice, round: round)
        slice.metadata.labels[EndpointSlice.serviceLabel] = "service-\(number)"
        slice.addressType = family == .v4 ? .ipv4 : .ipv6
        slice.ports = shape.ports.map { port in
            var own = EndpointPort()
            own.name = port.name
            own.transport = port.transport
            own.port = port.port + 8000
            return own
        }
        for index in 0..<(shape.hasEndpoints ? endpoints : 0) {
            try slice.endpoints.append(endpoint(number, index, shape, family, round))
        }
        return slice
    }

    /// A change moves one of those that are ready to an address nobody had.
    private func endpoint(
        _ service: Int, _ index: Int, _ shape: ServiceShape, _ family: IPFamily, _ round: Int
    ) -> Endpoint {
        let moves = round > 0 && index == round % (endpoints - 1)
        let number = moves ? Self.newPod(round) : service * endpoints + index
        let isReady = index < endpoints - 1 && !shape.isUnready
        var endpoint = Endpoint()
        endpoint.addresses = [.pod(number, family)]
        endpoint.conditions = EndpointConditions(
            ready: isReady, serving: isReady, terminating: false)
        endpoint.target = EndpointTarget(pod: "app-\(service)-7d4b9c8f6-\(10_000 + index)")
        endpoint.nodeName = "node-\(service % 500)"
        if shape.kind == .named { endpoint.hostname = "web-\(index)" }
        return endpoint
    }

    /// Services of a hundred share one, so that each has every kind.
    private func namespace(of service: Int) -> String { "ns-\(service / 100 % namespaceCount)" }
}
