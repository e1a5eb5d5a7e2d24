package import Kubernetes
package import Network

extension NodeView {
    /// The node of a name as the cluster knows it; without a zone as long as it does not.
    package init(name: String, in snapshot: Snapshot) {
        let node = snapshot.nodes[ObjectKey(name: name)]?.value
        self.init(name: name, zone: node?.metadata.labels[Self.zoneLabel] ?? "")
    }

    private static let zoneLabel = "topology.kubernetes.io/zone"
}

extension Snapshot {
    /// The networks that services' addresses are taken from, in order and without overlap (S4).
    package func serviceNetworks(of family: IPFamily) -> [CIDR] {
        let networks = serviceCIDRs.flatMap { $0.value.value.spec.cidrs }
            .compactMap { CIDR(legacy: $0)?.network }
        return CIDR.disjoint(networks.filter { $0.family == family })
    }
}
