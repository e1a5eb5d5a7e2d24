package import Kubernetes
package import Network

/// A cluster of services that all are alike: an address, a port, and endpoints on many nodes.
package struct PlainCluster: GeneratedCluster {
    package let services: Int
    package let endpoints: Int
    package let families: [IPFamily]
    /// How many Node objects there are; endpoints are on as many nodes whether there are or not.
    package let nodeCount: Int
    package let namespaceCount = 100
    private let nodesOfEndpoints = 500
    private let zones = 3

    package init(services: Int, endpoints: Int, families: [IPFamily] = [.v4], nodes: Int = 0) {
        self.services = services
        self.endpoints = endpoints
        self.families = families
        nodeCount = nodes
    }
}

extension PlainCluster {
    package func service(_ number: Int) -> Service {
        var service = Service()
        service.metadata = ObjectMeta(
            "service-\(number)", in: namespace(of: number), number, of: .service)
        service.metadata.labels["app"] = "app-\(number)"
        var port = ServicePort()
        port.name = "http"
        port.port = 80
        port.targetPort = .number(8080)
        service.spec.ports = [port]
        service.spec.selector["app"] = "app-\(number)"
        service.spec.clusterIPs = families.map { .address(.service(number, $0)) }
        service.spec.ipFamilies = families
        service.spec.ipFamilyPolicy = families.count > 1 ? .requireDualStack : .singleStack
        return service
    }

    package func slices(_ number: Int, round: Int) throws(ObjectError) -> [EndpointSlice] {
        var slices: [EndpointSlice] = []
        for family in families { slices.append(try slice(number, family, round: round)) }
        return slices
    }

    package func slice(
        _ number: Int, _ family: IPFamily, round: Int = 0
    ) throws(ObjectError) -> EndpointSlice {
        var slice = EndpointSlice()
        slice.metadata = ObjectMeta(
            "service-\(number)-\(family == .v4 ? "abcde" : "fghij")", in: namespace(of: number),
            number * 2 + (family == .v4 ? 0 : 1), of: .endpointSlice, round: round)
        slice.metadata.labels["endpointslice.kubernetes.io/managed-by"] =
            "endpointslice-controller.k8s.io"
        slice.metadata.labels[EndpointSlice.serviceLabel] = "service-\(number)"
        slice.addressType = family == .v4 ? .ipv4 : .ipv6
        var port = EndpointPort()
        port.name = "http"
        port.port = 8080
        slice.ports = [port]
        for index in 0..<endpoints {
            try slice.endpoints.append(endpoint(number, index, family, round))
        }
        return slice
    }

    /// A change replaces one pod by another elsewhere.
    private func endpoint(
        _ service: Int, _ index: Int, _ family: IPFamily, _ round: Int
    ) -> Endpoint {
        let isReplaced = round > 0 && index == round % endpoints
        let number = isReplaced ? Self.newPod(round) : service * endpoints + index
        let node = number % nodesOfEndpoints
        var endpoint = Endpoint()
        endpoint.addresses = [.pod(number, family)]
        endpoint.conditions = EndpointConditions(ready: true, serving: true, terminating: false)
        endpoint.target = EndpointTarget(pod: "app-\(service)-7d4b9c8f6-\(10_000 + index)")
        endpoint.nodeName = "node-\(node).example.internal"
        endpoint.zone = "zone-\(node % zones)"
        return endpoint
    }

    private func namespace(of service: Int) -> String { "ns-\(service % namespaceCount)" }

    /// A network of pods and an address for each, in both families; the first is this machine's.
    package var nodes: [Node] {
        (0..<nodeCount).map { number in
            var node = Node()
            node.metadata = ObjectMeta("node-\(number)", in: "", number, of: .node)
            let (high, low) = (number / 200, number % 200)
            node.spec.podCIDRs = ["100.\(64 + high).\(low).0/24", "fd00:64:\(high):\(low)::/64"]
            node.status.addresses = ["192.168.\(high).\(low + 1)", "fd00:192::\(high):\(low + 1)"]
                .map { text in
                    var address = NodeAddress()
                    address.type = "InternalIP"
                    address.address = text
                    return address
                }
            return node
        }
    }
}
