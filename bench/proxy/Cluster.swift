import Kubernetes
import Network

/// The services and endpoints that are measured: one port each, endpoints on a hundred nodes.
struct Cluster {
    let services: Int
    let endpoints: Int
    private let pool = SharingPool()

    static let nodeName = "node-0"

    func fill(_ writer: inout StoreWriter) throws {
        var services = writer.beginReplacement(of: Service.self)
        for number in 0..<self.services { services.stage(service(number)) }
        writer.commit(services)
        var slices = writer.beginReplacement(of: EndpointSlice.self)
        for number in 0..<self.services {
            slices.stage(try slice(number, Array(0..<endpoints)))
        }
        writer.commit(slices)
        var nodes = writer.beginReplacement(of: Node.self)
        var node = Node()
        node.metadata.name = Self.nodeName
        nodes.stage(node)
        writer.commit(nodes)
        writer.publish()
    }

    func service(_ number: Int) -> Service {
        var service = Service()
        service.metadata.name = "service-\(number)"
        service.metadata.namespace = "ns-\(number % 100)"
        service.spec.clusterIPs = [.address(serviceAddress(number))]
        var port = ServicePort()
        port.name = "http"
        port.port = 80
        service.spec.ports = [port]
        return service
    }

    /// The slice of a service with the endpoints of those numbers.
    func slice(_ number: Int, _ endpoints: [Int]) throws -> EndpointSlice {
        var slice = EndpointSlice()
        slice.metadata.name = "service-\(number)-x"
        slice.metadata.namespace = "ns-\(number % 100)"
        slice.metadata.labels = ["kubernetes.io/service-name": "service-\(number)"]
        var port = EndpointPort()
        port.name = "http"
        port.port = 8080
        slice.ports = [port]
        for index in endpoints {
            var endpoint = Endpoint()
            endpoint.addresses = [endpointAddress(number, index)]
            endpoint.nodeName = "node-\((number + index) % 100)"
            try slice.endpoints.append(endpoint, pool)
        }
        return slice
    }

    func serviceAddress(_ number: Int) -> IPAddress { address(10 << 24 | 96 << 16, number) }

    func endpointAddress(_ number: Int, _ index: Int) -> IPAddress {
        address(11 << 24, number * (endpoints + 4) + index)
    }

    private func address(_ base: UInt32, _ number: Int) -> IPAddress {
        .v4(IPv4Address(rawValue: base + UInt32(number)))
    }
}
