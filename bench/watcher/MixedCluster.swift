import Kubernetes
import Network

/// A cluster with every kind of service that has names: of a hundred, eighty have addresses, fifteen
/// are headless with host names, three are names of others, two are headless without host names.
struct MixedCluster: ServedCluster {
    let services: Int
    /// At least two, of which the last is never ready.
    let endpoints: Int
    private static let namespaceCount = 100

    /// One more than services use, which has a name and nothing below it.
    var namespaces: [Namespace] {
        (0...Self.namespaceCount).map { number in
            var namespace = Namespace()
            namespace.metadata.name = number == Self.namespaceCount ? "empty" : "ns-\(number)"
            namespace.metadata.uid = .uuid(high: 0x4000, low: UInt64(number))
            namespace.metadata.resourceVersion = "\(1 + number)"
            namespace.metadata.creationTime = Timestamp(seconds: 1_700_000_000)
            namespace.status.phase = "Active"
            return namespace
        }
    }
}

extension MixedCluster {
    func service(_ number: Int) -> Service {
        let shape = ServiceShape(number)
        var service = Service()
        service.metadata = metadata("service-\(number)", number, kind: 1)
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
            ? shape.families.map { .address(Self.clusterAddress(number, $0)) } : [.none]
        return service
    }

    func slices(_ number: Int, round: Int) throws(ObjectError) -> [EndpointSlice] {
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
            "service-\(number - number % 100).\(Self.namespace(number)).svc.cluster.local"
        }
    }

    private func slice(
        _ number: Int, _ shape: ServiceShape, _ family: IPFamily, round: Int
    ) throws(ObjectError) -> EndpointSlice {
        var slice = EndpointSlice()
        let name = "service-\(number)-\(family == .v4 ? "abcde" : "fghij")"
        slice.metadata = metadata(name, number, kind: family == .v4 ? 2 : 3, round: round)
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
        let number = moves ? 1 << 22 | round % (1 << 22) : service * endpoints + index
        let isReady = index < endpoints - 1 && !shape.isUnready
        var endpoint = Endpoint()
        endpoint.addresses = [Self.podAddress(number, family)]
        endpoint.conditions = EndpointConditions(
            ready: isReady, serving: isReady, terminating: false)
        endpoint.target = EndpointTarget(pod: "app-\(service)-7d4b9c8f6-\(10_000 + index)")
        endpoint.nodeName = "node-\(service % 500)"
        if shape.kind == .named { endpoint.hostname = "web-\(index)" }
        return endpoint
    }

    private func metadata(
        _ name: String, _ number: Int, kind: UInt64, round: Int = 0
    ) -> ObjectMeta {
        var metadata = ObjectMeta()
        metadata.name = name
        metadata.namespace = Self.namespace(number)
        metadata.uid = .uuid(high: kind << 32 | 0x4000, low: UInt64(number))
        metadata.resourceVersion = "\(1_000_000 * Int(kind) + number + 10_000_000 * round)"
        metadata.creationTime = Timestamp(seconds: 1_700_000_000)
        return metadata
    }

    /// Services of a hundred share one, so that each has every kind.
    private static func namespace(_ service: Int) -> String {
        "ns-\(service / 100 % namespaceCount)"
    }

    private static func clusterAddress(_ number: Int, _ family: IPFamily) -> IPAddress {
        switch family {
        case .v4: .v4(IPv4Address(rawValue: 10 << 24 | 96 << 16 + UInt32(number)))
        case .v6: .v6(IPv6Address(high: 0xFD00_0010_0096_0000, low: UInt64(number)))
        }
    }

    private static func podAddress(_ number: Int, _ family: IPFamily) -> IPAddress {
        switch family {
        case .v4: .v4(IPv4Address(rawValue: 10 << 24 | 128 << 16 + UInt32(number)))
        case .v6: .v6(IPv6Address(high: 0xFD00_0010_0128_0000, low: UInt64(number)))
        }
    }
}
