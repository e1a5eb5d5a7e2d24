import Kubernetes
import Network

extension ObjectStore {
    /// What the cluster has in its namespace `shop`.
    static var cluster: ObjectStore {
        filled(
            [
                service("web", "10.96.0.1", "fd00:96::1"), service("db", "None"),
                service("crowd", "None"), alias("mail", of: "www.shop.svc.example.test"),
                alias("same", of: "web.shop.svc.cluster.local"),
                alias("gone", of: "none.shop.svc.example.test"),
            ],
            [
                slice(
                    of: "db", .ipv4, [.v4(IPv4Address(10, 1, 0, 1)), .v4(IPv4Address(10, 1, 0, 2))]),
                slice(of: "db", .ipv6, [.v6(IPv6Address(high: 0xFD00_0001 << 32, low: 1))]),
                slice(of: "crowd", .ipv4, (1...100).map { .v4(IPv4Address(10, 1, 1, $0)) }),
            ])
    }

    /// Names for a zone that is outside the cluster.
    static var outside: ObjectStore {
        filled(
            [service("www", "192.0.2.80"), service("crowd", "None")],
            [slice(of: "crowd", .ipv4, (1...100).map { .v4(IPv4Address(192, 0, 2, 100 + $0)) })])
    }

    private static func filled(_ services: [Service], _ slices: [EndpointSlice]) -> ObjectStore {
        var writer = StoreWriter()
        var namespaces = writer.beginReplacement(of: Namespace.self)
        var namespace = Namespace()
        namespace.metadata.name = "shop"
        namespaces.stage(namespace)
        writer.commit(namespaces)
        var staged = writer.beginReplacement(of: Service.self)
        for service in services { staged.stage(service) }
        writer.commit(staged)
        var stagedSlices = writer.beginReplacement(of: EndpointSlice.self)
        for slice in slices { stagedSlices.stage(slice) }
        writer.commit(stagedSlices)
        writer.publish()
        return writer.store
    }
}

private func service(_ name: String, _ addresses: String...) -> Service {
    var service = Service()
    (service.metadata.name, service.metadata.namespace) = (name, "shop")
    service.spec.clusterIPs = addresses.compactMap { ClusterIP(field: $0.utf8.span) }
    var port = ServicePort()
    (port.name, port.port) = ("http", 80)
    service.spec.ports = [port]
    return service
}

private func alias(_ name: String, of target: String) -> Service {
    var service = service(name)
    service.spec.type = .externalName
    service.spec.externalName = target
    return service
}

/// A slice whose endpoints are called `NAME-0` and so on.
private func slice(
    of service: String, _ type: AddressType, _ addresses: [IPAddress]
) -> EndpointSlice {
    var slice = EndpointSlice()
    (slice.metadata.name, slice.metadata.namespace) = ("\(service)-\(type)", "shop")
    slice.metadata.labels = [EndpointSlice.serviceLabel: service]
    slice.addressType = type
    for (number, address) in addresses.enumerated() {
        var endpoint = Endpoint()
        endpoint.addresses = [address]
        endpoint.hostname = "\(service)-\(number)"
        endpoint.conditions.ready = true
        try? slice.endpoints.append(endpoint)
    }
    var port = EndpointPort()
    (port.name, port.port) = ("http", 8080)
    slice.ports = [port]
    return slice
}
