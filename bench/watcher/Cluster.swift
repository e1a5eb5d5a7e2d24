import Kubernetes
import Network

/// A cluster of a size, whose objects look as a real one's.
struct Cluster: ServedCluster {
    let services: Int
    let endpoints: Int
    /// How many Node objects there are; endpoints are on as many nodes whether there are or not.
    var nodeCount = 0
    private let namespaceCount = 100
    private let nodesOfEndpoints = 500
    private let zones = 3
}

extension Cluster {
    func service(_ number: Int) -> Service {
        var service = Service()
        service.metadata = metadata("service-\(number)", number, kind: 1)
        service.metadata.labels["app"] = "app-\(number)"
        var port = ServicePort()
        port.name = "http"
        port.port = 80
        port.targetPort = .number(8080)
        service.spec.ports = [port]
        service.spec.selector["app"] = "app-\(number)"
        service.spec.clusterIPs = [.address(address(10 << 24 | 96 << 16, number))]
        service.spec.ipFamilies = [.v4]
        service.spec.ipFamilyPolicy = .singleStack
        return service
    }

    func slice(_ number: Int, round: Int = 0) throws(ObjectError) -> EndpointSlice {
        var slice = EndpointSlice()
        slice.metadata = metadata("service-\(number)-abcde", number, kind: 2, round: round)
        slice.metadata.labels["endpointslice.kubernetes.io/managed-by"] =
            "endpointslice-controller.k8s.io"
        slice.metadata.labels[EndpointSlice.serviceLabel] = "service-\(number)"
        var port = EndpointPort()
        port.name = "http"
        port.port = 8080
        slice.ports = [port]
        for index in 0..<endpoints { try slice.endpoints.append(endpoint(number, index, round)) }
        return slice
    }

    private func endpoint(_ service: Int, _ index: Int, _ round: Int) -> Endpoint {
        let number = service * endpoints + index
        let node = (number + (round == 0 ? 0 : 1 + round % 400)) % nodesOfEndpoints
        var endpoint = Endpoint()
        endpoint.addresses = [address(10 << 24 | 128 << 16, number)]
        endpoint.conditions = EndpointConditions(ready: true, serving: true, terminating: false)
        endpoint.target = EndpointTarget(pod: "app-\(service)-7d4b9c8f6-\(10_000 + index)")
        endpoint.nodeName = "node-\(node).example.internal"
        endpoint.zone = "zone-\(node % zones)"
        return endpoint
    }

    /// A network of pods and an address for each, in both families; the first is this machine's.
    var nodes: [Node] {
        (0..<nodeCount).map { number in
            var node = Node()
            node.metadata = metadata("node-\(number)", number, kind: 3)
            node.metadata.namespace = ""
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

    private func metadata(
        _ name: String, _ number: Int, kind: UInt64, round: Int = 0
    ) -> ObjectMeta {
        var metadata = ObjectMeta()
        metadata.name = name
        metadata.namespace = "ns-\(number % namespaceCount)"
        metadata.uid = .uuid(high: kind << 32 | 0x4000, low: UInt64(number))
        metadata.resourceVersion = "\(1_000_000 * Int(kind) + number + 10_000_000 * round)"
        metadata.creationTime = Timestamp(seconds: 1_700_000_000)
        return metadata
    }

    private func address(_ base: UInt32, _ number: Int) -> IPAddress {
        .v4(IPv4Address(rawValue: base + UInt32(number)))
    }
}
