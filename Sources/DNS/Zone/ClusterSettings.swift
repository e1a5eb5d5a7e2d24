package import Kubernetes

/// What of a cluster has names, and how they are answered.
package struct ClusterSettings: Hashable, Sendable {
    /// Names of services and pods lie in each of these.
    package var zones: [DomainName]
    /// Zones of reverse names.
    package var reverseZones: [DomainName] = []
    /// Of every record but the version's (D24).
    package var ttl: UInt32 = 5
    package var pods = PodNames.disabled
    /// Only these namespaces are shown; all if there are none.
    package var namespaces: Set<String> = []
    /// Only namespaces with such labels are shown.
    package var namespaceLabels: LabelSelector?
    /// Only objects with such labels are shown.
    package var labels: LabelSelector?
    /// Whether an endpoint without a hostname goes by its pod's name.
    package var namesEndpointsByPod = false
    package var watchesEndpoints = true
    /// Whether a service with an address but no ready endpoint has no name (D43).
    package var hidesEmptyServices = false
    /// A name that does not exist in one of these is for others to answer.
    package var fallthroughZones: [DomainName] = []

    package init(zones: [DomainName]) { self.zones = zones }

    /// How names of pods are answered (D46–D48).
    package enum PodNames: UInt8, Hashable, Sendable {
        case disabled
        /// Every address has a name in every namespace.
        case insecure
        /// Addresses of pods have a name in the pod's namespace.
        case verified
    }
}

extension ClusterSettings {
    /// The objects that have to be watched.
    package var kinds: Set<Kind> {
        var kinds: Set<Kind> = [.service, .namespace]
        if watchesEndpoints { kinds.insert(.endpointSlice) }
        if pods == .verified { kinds.insert(.pod) }
        return kinds
    }

    /// What names a service shall have; nil if it is not there, or not shown.
    func draft(of key: ObjectKey, _ snapshot: Snapshot) -> ServiceDraft? {
        guard let service = snapshot.services[key]?.value, shows(key.namespace, snapshot),
            labels?.matches(service.metadata.labels) ?? true
        else { return nil }
        return ServiceDraft(service, snapshot.slices(of: key), self)
    }

    func shows(_ namespace: String, _ snapshot: Snapshot) -> Bool {
        if !namespaces.isEmpty, !namespaces.contains(namespace) { return false }
        guard let selector = namespaceLabels else { return true }
        guard let object = snapshot.namespaces[ObjectKey(name: namespace)]?.value else {
            return false
        }
        return selector.matches(object.metadata.labels)
    }

    /// Whether two have the same names, and differ at most in how those are answered.
    func hasSameIndex(as other: ClusterSettings) -> Bool {
        var copy = self
        (copy.zones, copy.reverseZones) = (other.zones, other.reverseZones)
        (copy.ttl, copy.fallthroughZones) = (other.ttl, other.fallthroughZones)
        return copy == other
    }
}
