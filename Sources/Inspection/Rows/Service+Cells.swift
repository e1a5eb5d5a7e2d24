import Kubernetes
import Platform

extension Service: Tabled {
    static let columns: [Column] = [
        "NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE", .wide("SELECTOR"),
    ]

    func cells(at now: WallTime) -> [String] {
        [
            metadata.name, spec.type.rawValue, Cells.list(spec.clusterIPs.map(\.fieldText)),
            externalText, portText, Cells.age(metadata, at: now), Cells.labels(spec.selector),
        ]
    }

    /// Where the service is reached from outside the cluster.
    var externalText: String {
        switch spec.type {
        case .clusterIP, .nodePort: return Cells.list(spec.externalIPs)
        case .externalName: return Cells.text(spec.externalName)
        case .loadBalancer:
            let ingress = status.loadBalancer.ingress.map { $0.ip.isEmpty ? $0.hostname : $0.ip }
            let all = ingress + spec.externalIPs
            return all.isEmpty ? "<pending>" : all.joined(separator: ",")
        }
    }

    /// Ports with the nodes' ports behind them: `80:30080/TCP`.
    var portText: String {
        Cells.list(
            spec.ports.map { port in
                let node = port.nodePort > 0 ? ":\(port.nodePort)" : ""
                return "\(port.port)\(node)/\(port.transport)"
            })
    }
}

extension ServiceCIDR: Tabled {
    static let columns: [Column] = ["NAME", "CIDRS", "AGE"]

    func cells(at now: WallTime) -> [String] {
        [metadata.name, Cells.list(spec.cidrs), Cells.age(metadata, at: now)]
    }
}
