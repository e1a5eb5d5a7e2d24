package import Kubernetes

/// What can be looked at: the kinds of objects, and services' endpoints out of their slices.
package enum View: String, CaseIterable, Hashable, Sendable {
    case services
    case endpoints
    case endpointSlices = "endpointslices"
    case nodes
    case pods
    case namespaces
    case networkPolicies = "networkpolicies"
    case serviceCIDRs = "servicecidrs"
}

extension View {
    /// The view of a word that people use for it, `kubectl`'s short ones among them.
    package init?(word: String) {
        let word = word.lowercased()
        guard let view = Self.allCases.first(where: { $0.words.contains(word) }) else { return nil }
        self = view
    }

    /// The plural that access rules use, the singular, and the short words.
    package var words: [String] {
        switch self {
        case .services: ["services", "service", "svc"]
        case .endpoints: ["endpoints", "endpoint", "ep"]
        case .endpointSlices: ["endpointslices", "endpointslice"]
        case .nodes: ["nodes", "node", "no"]
        case .pods: ["pods", "pod", "po"]
        case .namespaces: ["namespaces", "namespace", "ns"]
        case .networkPolicies: ["networkpolicies", "networkpolicy", "netpol"]
        case .serviceCIDRs: ["servicecidrs", "servicecidr"]
        }
    }

    /// What has to be known for it.
    package var kinds: Set<Kind> {
        switch self {
        case .services: [.service]
        case .endpoints: [.service, .endpointSlice]
        case .endpointSlices: [.endpointSlice]
        case .nodes: [.node]
        case .pods: [.pod]
        case .namespaces: [.namespace]
        case .networkPolicies: [.networkPolicy]
        case .serviceCIDRs: [.serviceCIDR]
        }
    }

    package var isNamespaced: Bool { kinds.allSatisfy(\.resource.isNamespaced) }
}
