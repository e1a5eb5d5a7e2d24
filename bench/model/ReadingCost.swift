import CAllocations
import Kubernetes
import Measure
import Network
import Platform
import Proxy

/// What it costs to read every service once, as the proxy does when it starts.
struct ReadingCost {
    private let services: [(service: Service, slices: [Shared<EndpointSlice>])]
    private let node = NodeView(name: "ip-10-0-0-1.eu-central-1.compute.internal", zone: "z1")

    init(services: Int, endpoints: Int, ports: Int, nodes: Int) {
        let places = (0..<nodes).map {
            EndpointPlace(node: "ip-10-0-0-\($0).eu-central-1.compute.internal", zone: "z\($0 % 3)")
        }
        self.services = (0..<services).map { number in
            (
                Self.service(number, ports: ports),
                Self.slices(of: number, endpoints: endpoints, ports: ports, places)
            )
        }
    }

    func run(times: Int) -> String {
        var samples = Samples(of: "all services")
        var backends = 0
        var allocations: Int64 = 0
        for _ in 0..<times {
            let (start, taken) = (MonotonicTime.now, weft_allocations())
            backends = readAll()
            samples.add(MonotonicTime.now - start)
            allocations = weft_allocations() - taken
        }
        let each = samples.median / .microseconds(services.count)
        let memory = Double(allocations) / Double(services.count)
        return "model: \(samples)\n"
            + "model: \(each.rounded(toDecimals: 2)) us and \(memory.rounded(toDecimals: 1)) "
            + "allocations for each of \(services.count) services, \(backends) backends in all"
    }

    /// Counts the backends of all ports.
    private func readAll() -> Int {
        var backends = 0
        for (service, slices) in services {
            let meaning = ServiceMeaning(
                of: service, slices: slices, on: node, family: .v4, settings: ModelSettings())
            for port in meaning.ports { backends += port.cluster.count }
        }
        return backends
    }

    private static func service(_ number: Int, ports: Int) -> Service {
        var service = Service()
        service.metadata.name = "service-\(number)"
        service.metadata.namespace = "ns-\(number % 100)"
        service.metadata.labels = ["app": "service-\(number)", "team": "t\(number % 7)"]
        service.spec.clusterIPs = [.address(address(10, 96, number))]
        service.spec.ports = (0..<ports).map {
            var port = ServicePort()
            (port.name, port.port) = ("port-\($0)", UInt16(8000 + $0))
            return port
        }
        return service
    }

    /// Slices of 100 endpoints at most, as controllers make them.
    private static func slices(
        of service: Int, endpoints: Int, ports: Int, _ places: [EndpointPlace]
    ) -> [Shared<EndpointSlice>] {
        stride(from: 0, to: endpoints, by: 100).map { start in
            var slice = EndpointSlice()
            slice.metadata.name = "service-\(service)-\(start)"
            slice.metadata.namespace = "ns-\(service % 100)"
            slice.metadata.labels = [EndpointSlice.serviceLabel: "service-\(service)"]
            slice.ports = (0..<ports).map {
                var port = EndpointPort()
                (port.name, port.port) = ("port-\($0)", UInt16(8080 + $0))
                return port
            }
            for index in start..<min(start + 100, endpoints) {
                var endpoint = Endpoint()
                // Spread over the cluster's networks, so that their order is not the list's.
                let number = (service * endpoints + index) * 7919 % 0xFFFF
                endpoint.addresses = [address(10, UInt8(index % 100), number)]
                endpoint.conditions = EndpointConditions(
                    ready: true, serving: true, terminating: false)
                let place = places[number % places.count]
                (endpoint.nodeName, endpoint.zone) = (place.node, place.zone)
                try? slice.endpoints.append(endpoint)
            }
            return Shared(slice)
        }
    }

    private static func address(_ first: UInt8, _ second: UInt8, _ number: Int) -> IPAddress {
        .v4(IPv4Address(first, second, UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)))
    }
}
