import Network
import Testing

@testable import Kubernetes

@Suite struct ObjectUseTests {
    @Test func `for names, a service keeps its addresses and ports`() {
        var port = ServicePort()
        (port.name, port.port, port.nodePort) = ("http", 80, 30080)
        var service = Service()
        service.metadata.labels = ["app": "web"]
        service.spec.clusterIPs = [.address(.v4(IPv4Address(10, 0, 0, 1)))]
        service.spec.selector = ["app": "web"]
        service.spec.ports = [port]
        service.keep(for: .names)

        #expect(service.spec.clusterAddresses == [.v4(IPv4Address(10, 0, 0, 1))])
        #expect(service.spec.ports.map(\.name) == ["http"])
        #expect(service.spec.ports.map(\.nodePort) == [0])
        #expect(service.spec.selector == Labels())
        #expect(service.metadata.labels == ["app": "web"])
    }

    @Test func `for names, endpoints keep addresses, readiness and hostnames`() throws {
        var endpoint = Endpoint()
        endpoint.addresses = [.v4(IPv4Address(10, 1, 0, 1)), .v4(IPv4Address(10, 1, 0, 2))]
        endpoint.conditions = EndpointConditions(ready: false, serving: true, terminating: true)
        endpoint.hostname = "db-0"
        endpoint.target = EndpointTarget(pod: "db-0-pod")
        (endpoint.nodeName, endpoint.zone) = ("node", "zone")
        var slice = EndpointSlice()
        slice.endpoints = [endpoint]
        slice.keep(for: .names)

        endpoint.target = EndpointTarget()
        (endpoint.nodeName, endpoint.zone) = ("", "")
        #expect(slice.endpoints[0] == endpoint)
    }
}
