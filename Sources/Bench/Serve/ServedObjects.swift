package import Kubernetes

/// The objects that an API server begins with.
///
/// Ports of slices need names: a client of Kubernetes' own ignores one that has none.
package struct ServedObjects: Sendable {
    package var services: [Service] = []
    package var slices: [EndpointSlice] = []
    package var nodes: [Node] = []
    package var namespaces: [Namespace] = []
    package var serviceNetworks: [ServiceCIDR] = []

    package init() {}

    package init(_ cluster: any GeneratedCluster) throws(ObjectError) {
        services = cluster.allServices
        slices = try cluster.allSlices()
        nodes = cluster.nodes
        namespaces = cluster.namespaces
        serviceNetworks = [cluster.serviceNetworks]
    }

    var all: [any KubernetesObject] { namespaces + nodes + serviceNetworks + services + slices }
}

/// How an API server answers.
package struct APIServerSettings: Hashable, Sendable {
    /// Otherwise everybody is answered in JSON.
    package var writesProtobuf = true
    /// Whether a watch can begin with all objects, as with servers since 1.34.
    package var streamsLists = true
    package var bookmarkInterval = Duration.seconds(60)

    package init() {}
}
