import Kubernetes

extension ClusterSettings {
    init(_ options: KubernetesOptions) throws(DNSError) {
        self.init(zones: options.zones.filter { !$0.isReverse })
        reverseZones = options.zones.filter(\.isReverse)
        ttl = options.ttl
        switch options.pods {
        case .disabled: pods = .disabled
        case .insecure: pods = .insecure
        case .verified: pods = .verified
        }
        namespaces = Set(options.namespaces)
        namespaceLabels = try Self.selector(options.namespaceLabels)
        labels = try Self.selector(options.labels)
        namesEndpointsByPod = options.namesEndpointsByPod
        watchesEndpoints = options.watchesEndpoints
        hidesEmptyServices = options.ignoresEmptyServices
        fallthroughZones = options.passesOn?.zones ?? []
    }

    private static func selector(_ text: String) throws(DNSError) -> LabelSelector? {
        if text.isEmpty { return nil }
        do throws(ObjectError) { return try LabelSelector(text: text) } catch {
            throw DNSError(.configuration, "select by labels", "\(error)")
        }
    }
}
