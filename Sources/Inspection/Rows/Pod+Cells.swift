import Kubernetes
import Platform

extension Pod: Tabled {
    static let columns: [Column] = [
        "NAME", "READY", "STATUS", "AGE", .wide("IP"), .wide("NODE"), .wide("HOST-NETWORK"),
    ]

    func cells(at now: WallTime) -> [String] {
        [
            metadata.name, readyText, statusText, Cells.age(metadata, at: now),
            Cells.list(status.podIPs.map(\.ip)), Cells.text(spec.nodeName),
            spec.hostNetwork ? "yes" : "no",
        ]
    }

    var readyText: String { status.conditions.holds("Ready") ? "yes" : "no" }

    var statusText: String {
        metadata.deletionTime == nil
            ? status.phase.isEmpty ? "Unknown" : status.phase : "Terminating"
    }
}

extension Namespace: Tabled {
    static let columns: [Column] = ["NAME", "STATUS", "AGE"]

    func cells(at now: WallTime) -> [String] {
        [metadata.name, Cells.text(status.phase), Cells.age(metadata, at: now)]
    }
}
