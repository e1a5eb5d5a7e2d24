extension Snapshot {
    package func count(of kind: Kind) -> Int {
        switch kind {
        case .service: services.count
        case .endpointSlice: endpointSlices.count
        case .node: nodes.count
        case .pod: pods.count
        case .namespace: namespaces.count
        case .networkPolicy: networkPolicies.count
        case .serviceCIDR: serviceCIDRs.count
        }
    }
}
