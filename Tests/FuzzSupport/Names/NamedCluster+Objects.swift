package import Kubernetes
import Network

extension NamedCluster {
    package func namespace(_ name: String, _ labels: Labels = [:]) {
        var namespace = Namespace()
        namespace.metadata.name = name
        namespace.metadata.labels = labels
        objects.put(namespace)
    }

    /// A service such as "default/web"; without addresses it is headless.
    package func service(
        _ key: String, _ addresses: [String] = [], ports: [String] = [],
        _ change: (inout Service) -> Void = { _ in }
    ) {
        var service = Service()
        service.metadata.take(key)
        service.spec.clusterIPs = addresses.compactMap { IPAddress($0).map(ClusterIP.address) }
        if addresses.isEmpty { service.spec.clusterIPs = [.none] }
        service.spec.ports = ports.map { text in
            let words = PortWords(text)
            var port = ServicePort()
            (port.name, port.port, port.transport) = (words.name, words.number, words.transport)
            return port
        }
        change(&service)
        objects.put(service)
    }

    package func alias(_ key: String, to name: String) {
        service(key) { service in
            service.spec.type = .externalName
            service.spec.externalName = name
            service.spec.clusterIPs = []
        }
    }

    /// A slice of a service of the same namespace, with endpoints such as "10.1.0.1 db-0 unready".
    package func slice(
        _ key: String, of service: String, _ endpoints: [String], ports: [String] = []
    ) {
        var slice = EndpointSlice()
        slice.metadata.take(key)
        slice.metadata.labels = [EndpointSlice.serviceLabel: service]
        for text in endpoints { try? slice.endpoints.append(Endpoint(named: text)) }
        slice.addressType = slice.endpoints.first?.addresses[0].family == .v6 ? .ipv6 : .ipv4
        slice.ports = ports.map { text in
            let words = PortWords(text)
            var port = EndpointPort()
            (port.name, port.port, port.transport) = (words.name, words.number, words.transport)
            return port
        }
        objects.put(slice)
    }

    package func pod(_ key: String, _ addresses: [String], phase: String = "Running") {
        var pod = Pod()
        pod.metadata.take(key)
        pod.status.phase = phase
        pod.status.podIPs = addresses.map { PodIP($0) }
        objects.put(pod)
    }

    package func delete<Object: StoredObject>(_ type: Object.Type, _ key: String) {
        var metadata = ObjectMeta()
        metadata.take(key)
        objects.delete(type, metadata.key)
    }
}

extension ObjectMeta {
    /// Takes namespace and name, or the name alone.
    fileprivate mutating func take(_ key: String) {
        let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
        name = parts[parts.count - 1]
        namespace = parts.count > 1 ? parts[0] : ""
    }
}

/// A port such as "http:80" or ":53/UDP".
private struct PortWords {
    let name: String
    let number: UInt16
    let transport: TransportProtocol

    init(_ text: String) {
        let halves = text.split(separator: "/")
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        name = String(parts[0])
        number = UInt16(parts[parts.count - 1]) ?? 0
        transport = halves.count > 1 ? TransportProtocol(String(halves[1])) ?? .tcp : .tcp
    }
}

extension Endpoint {
    /// Addresses, then a hostname, "pod:" and a pod's name, "unready" or "terminating".
    fileprivate init(named text: String) {
        self.init()
        for word in text.split(separator: " ").map(String.init) {
            if let address = IPAddress(word) {
                addresses.append(address)
            } else if word == "unready" {
                conditions = EndpointConditions(ready: false, serving: nil, terminating: nil)
            } else if word == "terminating" {
                conditions = EndpointConditions(ready: true, serving: true, terminating: true)
            } else if word.hasPrefix("pod:") {
                target = EndpointTarget(pod: String(word.dropFirst(4)))
            } else {
                hostname = word
            }
        }
    }
}
