import Kubernetes
import Platform

extension Node: Tabled {
    static let columns: [Column] = [
        "NAME", "STATUS", "ROLES", "AGE", .wide("INTERNAL-IP"), .wide("EXTERNAL-IP"),
        .wide("POD-CIDR"), .wide("ZONE"),
    ]

    func cells(at now: WallTime) -> [String] {
        [
            metadata.name, statusText, Cells.list(roles), Cells.age(metadata, at: now),
            Cells.list(addresses("InternalIP")), Cells.list(addresses("ExternalIP")),
            Cells.list(spec.podCIDRs),
            Cells.text(metadata.labels["topology.kubernetes.io/zone"] ?? ""),
        ]
    }

    var statusText: String {
        let ready =
            switch status.conditions.first(where: { $0.type == "Ready" })?.status {
            case "True": "Ready"
            case nil: "Unknown"
            default: "NotReady"
            }
        return spec.unschedulable ? "\(ready),SchedulingDisabled" : ready
    }

    private func addresses(_ type: String) -> [String] {
        status.addresses.filter { $0.type == type }.map(\.address)
    }

    /// What labels say the node is there for.
    private var roles: [String] {
        let prefix = "node-role.kubernetes.io/"
        return metadata.labels.all.compactMap { label in
            if label.key == "kubernetes.io/role" { return label.value }
            return label.key.hasPrefix(prefix)
                ? String(label.key.dropFirst(prefix.count)) : nil
        }
    }
}
