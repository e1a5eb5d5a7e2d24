import Kubernetes

/// In which order services are programmed on a node that has none yet.
///
/// What all others need comes first: the API server and DNS, then what runs on this node.
enum StartOrder {
    /// How many services a transaction has at most: as long as it takes, nobody else on the node can
    /// change nftables.
    static let groupSize = 4096

    static func groups(_ services: [ObjectKey: [PortMeaning]]) -> [[ObjectKey]] {
        let keys = services.keys.sorted()
        let first = keys.filter { isNeededByAll($0, services[$0] ?? []) }
        let rest = keys.filter { !isNeededByAll($0, services[$0] ?? []) }
        let near = rest.filter { isNear(services[$0] ?? []) }
        let far = rest.filter { !isNear(services[$0] ?? []) }
        return ([first] + [near, far].flatMap(chunks)).filter { !$0.isEmpty }
    }

    private static func isNeededByAll(_ key: ObjectKey, _ ports: [PortMeaning]) -> Bool {
        if key == ObjectKey(namespace: "default", name: "kubernetes") { return true }
        return key.namespace == "kube-system" && ports.contains { $0.port == domainPort }
    }

    private static let domainPort: UInt16 = 53

    private static func isNear(_ ports: [PortMeaning]) -> Bool {
        ports.contains { port in port.cluster.contains { $0.isLocal } || !port.local.isEmpty }
    }

    private static func chunks(_ keys: [ObjectKey]) -> [[ObjectKey]] {
        stride(from: 0, to: keys.count, by: groupSize).map {
            Array(keys[$0..<min($0 + groupSize, keys.count)])
        }
    }
}
