import Network

/// Makes endpoint slices of the pods that services select, as kube-controller-manager does.
///
/// What changes marks the services it concerns; `reconcile` computes those again, and no others.
struct EndpointController {
    private var namespaces: [String: PodIndex] = [:]
    private var services: [ObjectKey: Service] = [:]
    private var zones: [String: String] = [:]
    private var podsOnNode: [String: Set<ObjectKey>] = [:]
    private var made: [ObjectKey: [EndpointGroup: [EndpointSlice]]] = [:]
    /// Whose slice has a name; the name of a slice from a manifest belongs to nobody.
    private var names: [ObjectKey: ObjectKey?] = [:]
    private var affected: Set<ObjectKey> = []
}

extension EndpointController {
    mutating func set(_ pod: Pod?, at key: ObjectKey) {
        // Taken out while it changes: a second reference would make each change copy all of it.
        var index = namespaces.removeValue(forKey: key.namespace) ?? PodIndex()
        for labels in [index[pod: key.name], pod].compactMap({ $0?.metadata.labels }) {
            for service in index.services(selecting: labels) {
                affected.insert(ObjectKey(namespace: key.namespace, name: service))
            }
        }
        if let node = index[pod: key.name]?.spec.nodeName { podsOnNode[node]?.remove(key) }
        if let node = pod?.spec.nodeName, !node.isEmpty {
            podsOnNode[node, default: []].insert(key)
        }
        index[pod: key.name] = pod
        if !index.isEmpty { namespaces[key.namespace] = index }
    }

    mutating func set(_ service: Service?, at key: ObjectKey) {
        let selects = service.map { !$0.spec.selector.isEmpty && $0.spec.type != .externalName }
        services[key] = selects == true ? service : nil
        namespaces[key.namespace, default: PodIndex()][selectorOf: key.name] =
            services[key]?.spec.selector
        if namespaces[key.namespace]?.isEmpty == true { namespaces[key.namespace] = nil }
        affected.insert(key)
    }

    mutating func setZone(_ zone: String?, ofNode name: String) {
        guard zones[name] != zone else { return }
        zones[name] = zone
        for pod in podsOnNode[name] ?? [] {
            let index = namespaces[pod.namespace]
            for service in index?[pod: pod.name].map({
                index?.services(selecting: $0.metadata.labels) ?? []
            }) ?? [] {
                affected.insert(ObjectKey(namespace: pod.namespace, name: service))
            }
        }
    }

    /// Notes that a manifest has a slice of a name, or has it no more.
    mutating func setManual(_ isThere: Bool, _ key: ObjectKey) {
        if let owner = names[key].flatMap({ $0 }) { affected.insert(owner) }
        if isThere { names.updateValue(nil, forKey: key) } else { names[key] = nil }
    }
}

extension EndpointController {
    struct Difference {
        var put: [EndpointSlice] = []
        var delete: [ObjectKey] = []
    }

    /// Brings the slices of all services that something happened to up to date.
    mutating func reconcile() -> Difference {
        var difference = Difference()
        for key in affected.sorted() { reconcile(key, &difference) }
        affected = []
        return difference
    }

    private mutating func reconcile(_ key: ObjectKey, _ difference: inout Difference) {
        let before = made[key] ?? [:]
        var held: [ObjectKey: EndpointSlice] = [:]
        for slice in before.values.joined() {
            held[slice.key] = slice
            if names[slice.key].flatMap({ $0 }) == key { names[slice.key] = nil }
        }
        let now = services[key].map { slices(of: $0, before) } ?? [:]
        made[key] = now.isEmpty ? nil : now
        for slice in now.values.joined().sorted(by: { $0.key < $1.key }) {
            names.updateValue(key, forKey: slice.key)
            if held.removeValue(forKey: slice.key) != slice { difference.put.append(slice) }
        }
        // A name that a manifest's slice has taken meanwhile is no longer ours to delete.
        difference.delete += held.keys.filter { names[$0] == nil }.sorted()
    }

    private func slices(
        of service: Service, _ before: [EndpointGroup: [EndpointSlice]]
    ) -> [EndpointGroup: [EndpointSlice]] {
        var groups: [EndpointGroup: [Endpoint]] = [:]
        let index = namespaces[service.metadata.namespace] ?? PodIndex()
        let pods = index.pods(selectedBy: service.spec.selector)
        for family in service.spec.ipFamilies {
            for pod in pods {
                let zone = zones[pod.spec.nodeName] ?? ""
                guard let endpoint = pod.endpoint(of: service, family, zone: zone) else { continue }
                let ports = pod.endpointPorts(of: service)
                groups[EndpointGroup(family: family, ports: ports), default: []].append(endpoint)
            }
            // A service without endpoints has a slice that says so.
            if !groups.keys.contains(where: { $0.family == family }) {
                groups[EndpointGroup(family: family, ports: [])] = []
            }
        }
        return build(groups, service, before)
    }

    private func build(
        _ groups: [EndpointGroup: [Endpoint]], _ service: Service,
        _ before: [EndpointGroup: [EndpointSlice]]
    ) -> [EndpointGroup: [EndpointSlice]] {
        var taken = Set(before.values.joined().map(\.key))
        var result: [EndpointGroup: [EndpointSlice]] = [:]
        for (group, endpoints) in groups.sorted(by: { $0.key.order < $1.key.order }) {
            let held = before[group] ?? []
            var placed = EndpointGroup.placed(endpoints, like: held)
            if endpoints.isEmpty { placed = [[]] }
            for (number, endpoints) in placed.enumerated()
            where !endpoints.isEmpty || placed.count == 1 {
                var slice = group.slice(of: service, endpoints)
                let last = held.indices.contains(number) ? held[number].metadata.name : nil
                slice.metadata.name = name(of: slice, last, group, number, taken)
                taken.insert(slice.key)
                result[group, default: []].append(slice)
            }
        }
        return result
    }

    /// The name it had, or one that follows from what the slice is for, unless somebody has it.
    private func name(
        of slice: EndpointSlice, _ last: String?, _ group: EndpointGroup, _ number: Int,
        _ taken: Set<ObjectKey>
    ) -> String {
        let namespace = slice.metadata.namespace
        if let last, names[ObjectKey(namespace: namespace, name: last)] == nil { return last }
        var hash = StableHash(slice.serviceName, group.order, "\(number)")
        while true {
            let name = "\(slice.serviceName)-\(hash.suffix(length: 5))"
            let key = ObjectKey(namespace: namespace, name: name)
            if names[key] == nil, !taken.contains(key) { return name }
            hash.add("again")
        }
    }
}

extension EndpointGroup {
    /// A text that tells it from the other groups of its service.
    fileprivate var order: String {
        let ports = ports.map { "\($0.name) \($0.port ?? 0) \($0.transport) \($0.appProtocol)" }
        return ([family.fieldText] + ports).joined(separator: "\n")
    }

    fileprivate func slice(of service: Service, _ endpoints: [Endpoint]) -> EndpointSlice {
        var slice = EndpointSlice()
        slice.metadata.namespace = service.metadata.namespace
        slice.metadata.labels = [
            EndpointSlice.serviceLabel: service.metadata.name,
            "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        ]
        if service.spec.isHeadless { slice.metadata.labels["service.kubernetes.io/headless"] = "" }
        if let proxy = service.metadata.labels[Self.proxyLabel] {
            slice.metadata.labels[Self.proxyLabel] = proxy
        }
        slice.addressType = family == .v4 ? .ipv4 : .ipv6
        slice.ports = ports
        for endpoint in endpoints {
            // Names of pods fit, and so do the nodes of a hundred endpoints.
            try? slice.endpoints.append(endpoint)
        }
        slice.endpoints.shrink()
        return slice
    }

    private static let proxyLabel = "service.kubernetes.io/service-proxy-name"
}
