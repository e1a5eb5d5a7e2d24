import Kubernetes
import Network
import Synchronization

@testable import Proxy

/// The objects of a lab's cluster, which a test changes.
final class Cluster: Sendable {
    let store: ObjectStore
    private let addresses: LabAddresses
    private let writer: Mutex<StoreWriter>
    /// Changes with every change, so that the proxy tells when it is through with it.
    private let marker = Mutex<Int32>(0)

    init(_ addresses: LabAddresses) {
        var writer = StoreWriter()
        store = writer.store
        self.addresses = addresses
        writer.commit(writer.beginReplacement(of: Service.self))
        writer.commit(writer.beginReplacement(of: EndpointSlice.self))
        writer.commit(writer.beginReplacement(of: ServiceCIDR.self))
        var nodes = writer.beginReplacement(of: Node.self)
        nodes.stage(addresses.node)
        writer.commit(nodes)
        writer.publish()
        self.writer = Mutex(writer)
    }

    /// Makes changes that are seen together.
    func write(_ body: (inout StoreWriter) -> Void) {
        let turn = marker.withLock { number in
            number += 1
            return number
        }
        writer.withLock { writer in
            body(&writer)
            writer.put(addresses.marker(turn))
            writer.publish()
        }
    }
}

extension LabAddresses {
    fileprivate var node: Node {
        var node = Node()
        node.metadata.name = "n1"
        var address = NodeAddress()
        (address.type, address.address) = ("InternalIP", wire(9, 1))
        node.status.addresses = [address]
        node.spec.podCIDRs = [pods(of: 1)]
        return node
    }

    fileprivate func marker(_ turn: Int32) -> Service {
        var service = Service()
        (service.metadata.name, service.metadata.namespace) = ("marker", "lab")
        service.spec.clusterIPs = [self.service(1999)].compactMap { ClusterIP($0) }
        service.spec.ports = [port(9)]
        service.spec.sessionAffinityConfig.clientIP.timeoutSeconds = turn
        return service
    }

    /// The ServiceCIDR object of the lab.
    var serviceNetwork: ServiceCIDR {
        var object = ServiceCIDR()
        object.metadata.name = "kubernetes"
        object.spec.cidrs = [services]
        return object
    }

    /// A service with port 80 of every transport protocol.
    func service(
        _ name: String, _ number: Int, _ change: (inout Service) -> Void = { _ in }
    ) -> Service {
        var service = Service()
        (service.metadata.name, service.metadata.namespace) = (name, "lab")
        service.spec.clusterIPs = [self.service(number)].compactMap { ClusterIP($0) }
        service.spec.ports = TransportProtocol.allCases.map { port(80, $0.lowercaseName, $0) }
        change(&service)
        return service
    }

    /// A slice with endpoints as `Endpoint(words:)` reads them.
    func slice(
        of service: String, _ endpoints: [String], port number: UInt16 = ProxyLab.port.rawValue
    ) -> EndpointSlice {
        var slice = EndpointSlice()
        (slice.metadata.name, slice.metadata.namespace) = ("\(service)-\(number)", "lab")
        slice.metadata.labels = [EndpointSlice.serviceLabel: service]
        slice.addressType = family == .v4 ? .ipv4 : .ipv6
        for words in endpoints { try? slice.endpoints.append(Endpoint(words: words)) }
        slice.ports = TransportProtocol.allCases.map { transport in
            var port = EndpointPort()
            (port.name, port.transport, port.port) = (transport.lowercaseName, transport, number)
            return port
        }
        return slice
    }
}

extension LabAddresses {
    /// Words of an endpoint in a pod of the lab: "near1 ready".
    func endpoint(_ words: String) -> String {
        let parts = words.split(separator: " ", maxSplits: 1)
        let number = parts[0].hasSuffix("2") ? 1 : 0
        let isNear = parts[0].hasPrefix("near")
        let place = isNear ? "\(pod(1, number)) here" : "\(pod(2, number)) there"
        return "\(place) \(parts.count > 1 ? String(parts[1]) : "ready")"
    }

    func slice(of service: String, pods: String...) -> EndpointSlice {
        slice(of: service, pods.map(endpoint))
    }
}

extension Service {
    /// Opens the service to the outside: a load balancer's address, another one, and a node port.
    mutating func expose(_ number: Int, _ addresses: LabAddresses) {
        spec.type = .loadBalancer
        spec.externalIPs = [addresses.external(number)]
        var ingress = LoadBalancerIngress()
        ingress.ip = addresses.virtual(number)
        status.loadBalancer.ingress = [ingress]
        spec.healthCheckNodePort = 32000 + UInt16(number)
        for index in spec.ports.indices { spec.ports[index].nodePort = 30000 + UInt16(number) }
    }
}
