/// The kinds of objects that Weft looks at.
package enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    case service
    case endpointSlice
    case node
    case pod
    case namespace
    case networkPolicy
    case serviceCIDR
}

/// Where an API server keeps the objects of a kind.
package struct Resource: Hashable, Sendable {
    /// The API group, empty for the oldest one.
    package let group: String
    package let version: String
    /// The name in paths and in access rules.
    package let plural: String
    package let isNamespaced: Bool

    /// As objects name it in `apiVersion`.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// The path of all objects of the kind, in all namespaces.
    package var path: String {
        group.isEmpty ? "/api/\(version)/\(plural)" : "/apis/\(group)/\(version)/\(plural)"
    }
}

extension Kind {
    /// As objects name it in `kind`.
    package var name: String {
        switch self {
        case .service: "Service"
        case .endpointSlice: "EndpointSlice"
        case .node: "Node"
        case .pod: "Pod"
        case .namespace: "Namespace"
        case .networkPolicy: "NetworkPolicy"
        case .serviceCIDR: "ServiceCIDR"
        }
    }

    package var resource: Resource {
        switch self {
        case .service: core("services")
        case .endpointSlice: named("endpointslices", of: "discovery.k8s.io")
        case .node: core("nodes", isNamespaced: false)
        case .pod: core("pods")
        case .namespace: core("namespaces", isNamespaced: false)
        case .networkPolicy: named("networkpolicies", of: "networking.k8s.io")
        case .serviceCIDR: named("servicecidrs", of: "networking.k8s.io", isNamespaced: false)
        }
    }

    private func core(_ plural: String, isNamespaced: Bool = true) -> Resource {
        Resource(group: "", version: "v1", plural: plural, isNamespaced: isNamespaced)
    }

    private func named(_ plural: String, of group: String, isNamespaced: Bool = true) -> Resource {
        Resource(group: group, version: "v1", plural: plural, isNamespaced: isNamespaced)
    }
}
