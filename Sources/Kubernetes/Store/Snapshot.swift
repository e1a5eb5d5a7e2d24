package import Platform

/// All objects at one moment; copies cost nothing, and stay as they are.
///
/// A snapshot keeps the objects of its time in memory: whoever holds one for long holds old objects.
package struct Snapshot: Sendable {
    package internal(set) var services = ObjectMap<Service>()
    package internal(set) var endpointSlices = ObjectMap<EndpointSlice>()
    package internal(set) var nodes = ObjectMap<Node>()
    package internal(set) var pods = ObjectMap<Pod>()
    package internal(set) var namespaces = ObjectMap<Namespace>()
    package internal(set) var networkPolicies = ObjectMap<NetworkPolicy>()
    package internal(set) var serviceCIDRs = ObjectMap<ServiceCIDR>()
    private var slicesByService = PersistentMap<ObjectKey, [Shared<EndpointSlice>]>()
    /// Counts the changes that consumers were told of.
    package internal(set) var version: UInt64 = 0
    private var states = [KindState](repeating: KindState(), count: Kind.allCases.count)

    package init() {}
}

/// How far a kind's objects are to be believed.
package struct KindState: Hashable, Sendable {
    /// Whether a complete list has been applied, once; never false again.
    package internal(set) var isSynced = false
    /// When the server last said anything about the kind.
    package internal(set) var lastContact: MonotonicTime?
}

extension Snapshot {
    package internal(set) subscript(state kind: Kind) -> KindState {
        get { states[Int(kind.rawValue)] }
        set { states[Int(kind.rawValue)] = newValue }
    }

    package func objects<Object: StoredObject>(of type: Object.Type) -> ObjectMap<Object> {
        self[keyPath: Object.place]
    }

    /// The slices that are labelled as a service's, in no particular order.
    package func slices(of service: ObjectKey) -> [Shared<EndpointSlice>] {
        slicesByService[service] ?? []
    }

    mutating func replaceSlice(_ before: Shared<EndpointSlice>?, by now: Shared<EndpointSlice>?) {
        let service = now?.value.serviceKey
        // Where both are of one service, its entry is not taken out to be put in again.
        if let last = before?.value.serviceKey, last != service {
            let left = slices(of: last).filter { $0 !== before }
            slicesByService[last] = left.isEmpty ? nil : left
        }
        if let now, let service {
            slicesByService[service] = slices(of: service).filter { $0 !== before } + [now]
        }
    }

    /// The same without the objects of all other kinds.
    func restricted(to kinds: Set<Kind>) -> Snapshot {
        var snapshot = self
        for kind in Kind.allCases where !kinds.contains(kind) { snapshot.removeAll(of: kind) }
        return snapshot
    }

    private mutating func removeAll(of kind: Kind) {
        switch kind {
        case .service: services = ObjectMap()
        case .endpointSlice:
            endpointSlices = ObjectMap()
            slicesByService = PersistentMap()
        case .node: nodes = ObjectMap()
        case .pod: pods = ObjectMap()
        case .namespace: namespaces = ObjectMap()
        case .networkPolicy: networkPolicies = ObjectMap()
        case .serviceCIDR: serviceCIDRs = ObjectMap()
        }
    }
}

extension EndpointSlice {
    /// The service it is for, if it is for one.
    package var serviceKey: ObjectKey? {
        let name = serviceName
        return name.isEmpty ? nil : ObjectKey(namespace: metadata.namespace, name: name)
    }
}
