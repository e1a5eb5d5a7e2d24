/// A pod of the demonstration: where it runs, and what it is there for.
package struct PodPlan: Hashable, Sendable {
    package let name: String
    package let namespace: String
    /// The node's number.
    package let node: Int
    package let role: Role

    package enum Role: Hashable, Sendable {
        /// Asks the others.
        case client
        /// Says its name to everyone.
        case web
        /// Answers names.
        case dns
    }
}

extension PodPlan {
    static let shop = "shop"
    static let system = "kube-system"

    /// All pods of a cluster, at least three of them web servers and at least one on each node.
    package static func all(nodes count: Int) -> [PodPlan] {
        let servers = (1...max(count, 3)).map { number in
            PodPlan(
                name: "web-\(number)", namespace: shop, node: (number - 1) % count + 1, role: .web)
        }
        let names = (1...2).map { number in
            PodPlan(name: "dns-\(number)", namespace: system, node: number, role: .dns)
        }
        return [PodPlan(name: "client", namespace: shop, node: 1, role: .client)] + servers + names
    }

    /// The labels by which services select the pod.
    var labels: [Label] {
        switch role {
        case .client: [Label("app", "client")]
        case .web: [Label("app", "web"), Label("pod", name)]
        case .dns: [Label("k8s-app", "kube-dns")]
        }
    }
}

/// A label of an object, or what a selector asks for.
struct Label: Hashable, Sendable {
    let key: String
    let value: String

    init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}
