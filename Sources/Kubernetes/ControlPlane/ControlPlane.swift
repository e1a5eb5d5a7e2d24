import Network

/// Does with the objects of manifests what an API server and a controller manager would do.
///
/// Pure: changes in, objects and reports out. The cost follows the change: an edited pod has the
/// slices of the services computed that select it. There is no `kubernetes` service in `default`
/// unless a manifest has one, for there is no API server that it would lead to.
package struct ControlPlane: Sendable {
    private let options: ControlPlaneOptions
    private var allocator: ServiceAllocator
    private var endpoints = EndpointController()
    private var namespaces = NamespaceKeeper()
    private var stamp: Stamp
    private var services: [ObjectKey: DesiredChange] = [:]
    private var networks: [ObjectKey: ServiceCIDR] = [:]
    private var known: Set<ObjectID> = []
    /// Services that could not be taken in, and what was said about it.
    private var refused: [ObjectKey: String] = [:]
    private var isFirst = true

    /// `seed` tells the UIDs of this process from those of others.
    package init(_ options: ControlPlaneOptions, _ allocations: Allocations, seed: UInt64) {
        self.options = options
        allocator = ServiceAllocator(options, allocations)
        stamp = Stamp(seed: seed)
    }

    package var allocations: Allocations { allocator.allocations }
}

extension ControlPlane {
    /// Takes changes in; the first call has all objects that there are.
    package mutating func apply(_ changes: [DesiredChange]) -> ControlPlaneOutcome {
        var outcome = ControlPlaneOutcome()
        let before = networks
        for change in changes { take(change, &outcome) }
        if isFirst || networks != before { setNetworks(&outcome) }
        let touched = changes.filter { $0.id.kind == .service }.map(\.id.key)
        if isFirst { allocator.keep(only: Set(services.keys)) }
        if isFirst || networks != before {
            admit(Set(services.keys), &outcome)
        } else if !touched.isEmpty {
            admit(Set(touched).union(refused.keys), &outcome)
        }
        isFirst = false
        let slices = endpoints.reconcile()
        for key in slices.delete { delete(ObjectID(.endpointSlice, key), &outcome) }
        for slice in slices.put { put(slice, &outcome) }
        for (name, now) in namespaces.differences() {
            if let now {
                put(now, &outcome)
            } else {
                delete(ObjectID(.namespace, ObjectKey(name: name)), &outcome)
            }
        }
        return outcome
    }

    private mutating func take(_ change: DesiredChange, _ outcome: inout ControlPlaneOutcome) {
        let key = change.id.key
        count(change)
        switch change.id.kind {
        case .service: services[key] = change.now == nil ? nil : change
        case .namespace: namespaces.set(change.now as? Namespace, key.name)
        case .serviceCIDR: networks[key] = change.now as? ServiceCIDR
        case .pod: endpoints.set(change.now as? Pod, at: key)
        case .node: endpoints.setZone((change.now as? Node)?.zone, ofNode: key.name)
        case .endpointSlice: endpoints.setManual(change.now != nil, key)
        case .networkPolicy: break
        }
        switch (change.id.kind, change.now) {
        case (.service, let now?) where now is Service: break
        case (.namespace, _): break
        case (.service, nil):
            release(key)
            delete(change.id, &outcome)
        case (_, let now?): put(now, &outcome)
        case (_, nil): delete(change.id, &outcome)
        }
    }

    private mutating func count(_ change: DesiredChange) {
        let isThere = change.now != nil
        guard known.contains(change.id) != isThere else { return }
        if isThere { known.insert(change.id) } else { known.remove(change.id) }
        let namespace = change.id.key.namespace
        if !namespace.isEmpty { namespaces.use(namespace, by: isThere ? 1 : -1) }
    }

    private mutating func put<Object: StoredObject>(
        _ object: Object, _ outcome: inout ControlPlaneOutcome
    ) {
        outcome.objects.append(stamp.stamped(object))
    }

    private mutating func delete(_ id: ObjectID, _ outcome: inout ControlPlaneOutcome) {
        stamp.forget(id)
        outcome.deletions.append(id)
    }
}

extension ControlPlane {
    private mutating func release(_ service: ObjectKey) {
        allocator.release(service)
        endpoints.set(nil as Service?, at: service)
        refused[service] = nil
    }

    /// Takes services in: those that name what they want before those that take anything.
    private mutating func admit(_ keys: Set<ObjectKey>, _ outcome: inout ControlPlaneOutcome) {
        var left = keys.compactMap { services[$0] }.sorted {
            ($0.isUndemanding ? 1 : 0, $0.id.key) < ($1.isUndemanding ? 1 : 0, $1.id.key)
        }
        // Twice, since a later service may have given back what an earlier one wants.
        left.removeAll { attempt($0, &outcome) == nil }
        for change in left {
            let key = change.id.key
            guard let problem = attempt(change, &outcome) else { continue }
            if refused.updateValue(problem, forKey: key) != problem {
                outcome.reports.append(Report(.error, problem))
            }
        }
    }

    /// Takes a service in, or says why not.
    private mutating func attempt(
        _ change: DesiredChange, _ outcome: inout ControlPlaneOutcome
    ) -> String? {
        guard let service = change.now as? Service else { return nil }
        do throws(ObjectError) {
            let admitted = try allocator.admit(service)
            refused[change.id.key] = nil
            endpoints.set(admitted, at: change.id.key)
            put(admitted, &outcome)
            return nil
        } catch {
            return "\(change.origin): \(change.id): \(error)"
        }
    }

    /// Takes the networks of manifests, or the configured ones if there are none.
    private mutating func setNetworks(_ outcome: inout ControlPlaneOutcome) {
        let implied = ServiceCIDR(implied: options.serviceNetworks)
        let id = implied.id
        if networks.isEmpty {
            allocator.networks = options.serviceNetworks
            put(implied, &outcome)
            return
        }
        if !isFirst, networks[id.key] == nil { delete(id, &outcome) }
        // The one that Kubernetes makes itself says which family is the default.
        let sorted = networks.values.sorted {
            ($0.key == id.key ? 0 : 1, $0.key) < ($1.key == id.key ? 0 : 1, $1.key)
        }
        allocator.networks = sorted.flatMap(\.networks)
    }
}

extension DesiredChange {
    /// Whether a service leaves its address and node ports to us.
    fileprivate var isUndemanding: Bool {
        guard let spec = (now as? Service)?.spec else { return true }
        return spec.clusterAddresses.isEmpty && spec.healthCheckNodePort == 0
            && spec.ports.allSatisfy { $0.nodePort == 0 }
    }
}

extension ServiceCIDR {
    /// The one that an API server makes of its own options.
    fileprivate init(implied networks: [CIDR]) {
        self.init()
        metadata.name = "kubernetes"
        spec.cidrs = networks.map(\.description)
        status.conditions = [Condition("Ready", "True")]
    }
}

extension Node {
    fileprivate var zone: String? { metadata.labels["topology.kubernetes.io/zone"] }
}
