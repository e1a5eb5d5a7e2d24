import Kubernetes
import Network

/// What names a service shall have, made of it and its slices.
struct ServiceDraft: Hashable, Sendable {
    var kind = ServiceRecord.Kind.nothing
    var cluster: [IPAddress] = []
    var ports: [Port] = []
    /// Different sets of ports that endpoints have.
    var groups: [[Port]] = []
    /// In order, each once.
    var endpoints: [Endpoint] = []
    var externalName: DomainName?

    struct Port: Hashable, Comparable {
        /// In lower case; empty for a port without a name.
        var name: String
        var transport: TransportProtocol
        var number: UInt16

        static func < (left: Self, right: Self) -> Bool {
            (left.name, left.transport.rawValue, left.number)
                < (right.name, right.transport.rawValue, right.number)
        }
    }

    struct Endpoint: Hashable {
        var address: IPAddress
        /// In lower case; empty for one that goes by its address.
        var label: String
        var group: Int

        /// Those with the same label have one name.
        var name: Name { Name(label: label, address: label.isEmpty ? address : nil) }

        struct Name: Hashable {
            let label: String
            let address: IPAddress?
        }
    }
}

extension ServiceDraft {
    /// Says what names there are to be: those of the service's kind, and of its ready endpoints.
    init(
        _ service: Service, _ slices: [Shared<EndpointSlice>], _ settings: ClusterSettings
    ) {
        if service.spec.type == .externalName {
            externalName = ExternalName.parse(service.spec.externalName)
            kind = externalName == nil ? .nothing : .externalName
            return
        }
        cluster = service.spec.clusterAddresses
        if !cluster.isEmpty { ports = service.spec.ports.map(Port.init) }
        if settings.watchesEndpoints { takeEndpoints(of: slices, settings) }
        if service.spec.isHeadless {
            kind = endpoints.isEmpty ? .nothing : .headless
        } else if !cluster.isEmpty, !(settings.hidesEmptyServices && endpoints.isEmpty) {
            kind = .clusterIP
        }
        if kind == .nothing { self = ServiceDraft() }
    }

    private mutating func takeEndpoints(
        of slices: [Shared<EndpointSlice>], _ settings: ClusterSettings
    ) {
        for slice in slices {
            let before = endpoints.count
            take(slice.value.endpoints, group: groups.count, settings)
            if endpoints.count == before { continue }
            groups.append(Set(slice.value.ports.compactMap(Port.init)).sorted())
        }
        unitePorts()
        // A transient copy of an endpoint in a second slice is the same endpoint (D42).
        endpoints.sort { ($0.address, $0.label) < ($1.address, $1.label) }
        var last: Endpoint?
        endpoints.removeAll { endpoint in
            defer { last = endpoint }
            return last == endpoint
        }
    }

    /// Gives all endpoints of a name the ports of each: what a port leads to is the name.
    private mutating func unitePorts() {
        var united: [Endpoint.Name: Set<Port>] = [:]
        if Set(groups).count > 1 {
            for endpoint in endpoints {
                united[endpoint.name, default: []].formUnion(groups[endpoint.group])
            }
        }
        let lists = united.mapValues { $0.sorted() }
        // In an order that does not depend on that of the slices.
        groups =
            lists.isEmpty
            ? Array(groups.prefix(1))
            : Set(lists.values).sorted { $0.lexicographicallyPrecedes($1) }
        var numbers: [[Port]: Int] = [:]
        for (number, group) in groups.enumerated() { numbers[group] = number }
        for index in endpoints.indices {
            endpoints[index].group = lists[endpoints[index].name].flatMap { numbers[$0] } ?? 0
        }
    }

    private mutating func take(
        _ list: EndpointList, group: Int, _ settings: ClusterSettings
    ) {
        for index in list.indices where list.conditions(at: index).isReady {
            let hostname = list.hostname(at: index)
            let pod = settings.namesEndpointsByPod ? list.podName(at: index) : ""
            let label = [hostname.lowercasedASCII, pod.lowercasedASCII].first {
                (1...DomainName.longestLabel).contains($0.utf8.count)
            }
            for address in list.addresses(at: index) {
                endpoints.append(
                    Endpoint(address: address, label: label ?? "", group: group))
            }
        }
    }
}

extension ServiceDraft.Port {
    fileprivate init(_ port: ServicePort) {
        self.init(name: Self.name(port.name), transport: port.transport, number: port.port)
    }

    fileprivate init?(_ port: EndpointPort) {
        guard let number = port.port else { return nil }
        self.init(name: Self.name(port.name), transport: port.transport, number: number)
    }

    /// A name that fits into a label behind its underscore.
    private static func name(_ name: String) -> String {
        name.utf8.count < DomainName.longestLabel ? name.lowercasedASCII : ""
    }
}

/// What a service may stand for.
enum ExternalName {
    /// The name, unless it is an address (D32) or none that can be asked for.
    static func parse(_ text: String) -> DomainName? {
        guard IPAddress(text) == nil, let name = try? DomainName(text), !name.isRoot,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return nil }
        return name
    }
}
