import Network

extension Manifest {
    init(_ service: ServicePlan, families: [IPFamily]) {
        let head = """
            apiVersion: v1
            kind: Service
            metadata:
              name: \(service.name)
              namespace: \(service.namespace)
            spec:

            """
        name = "service-\(service.name)"
        text = head + (service.spec(families) + service.status).map { "\($0)\n" }.joined()
    }
}

extension ServicePlan {
    fileprivate func spec(_ families: [IPFamily]) -> [String] {
        if case .externalName(let name) = kind {
            return ["  type: ExternalName", "  externalName: \(name)"]
        }
        let policy = families.count > 1 ? "RequireDualStack" : "SingleStack"
        let selector = selector.map { ["  selector: \(Manifest.map([$0]))"] } ?? []
        return kindLines + ["  ipFamilyPolicy: \(policy)"] + selector + ["  ports:"]
            + ports.map { "    - \(line($0))" }
    }

    private var kindLines: [String] {
        let first = addresses.first.map { "  clusterIP: \"\($0)\"" }
        let own = [first].compactMap(\.self) + ["  clusterIPs: \(Manifest.list(addresses))"]
        switch kind {
        case .clusterIP: return own
        case .affine: return own + ["  sessionAffinity: ClientIP"]
        case .headless: return ["  clusterIP: None"]
        case .loadBalancer: return ["  type: LoadBalancer"] + own
        case .localNodePort:
            return ["  type: NodePort"] + own + ["  externalTrafficPolicy: Local"]
        case .externalName: return []
        }
    }

    private func line(_ port: ServicePort) -> String {
        var members = [
            Label("name", port.name), Label("protocol", "\(port.transport)"),
            Label("port", "\(port.port)"), Label("targetPort", "\(port.target)"),
        ]
        switch kind {
        case .loadBalancer(let number, _), .localNodePort(let number):
            members.append(Label("nodePort", "\(number)"))
        default: break
        }
        return Manifest.map(members)
    }

    fileprivate var status: [String] {
        guard case .loadBalancer(_, let addresses) = kind else { return [] }
        return ["status:", "  loadBalancer:", "    ingress:"]
            + addresses.map { "      - {ip: \"\($0)\"}" }
    }
}
