import JSON

/// The objects that give a service account what consumers need, as `kubectl apply` takes them.
package struct AccessManifest: Hashable, Sendable {
    package var namespace: String
    package var serviceAccount: String
    package var consumers: Set<Consumer>

    package init(
        namespace: String = "kube-system", serviceAccount: String = "weft",
        consumers: Set<Consumer> = Set(Consumer.allCases)
    ) {
        self.namespace = namespace
        self.serviceAccount = serviceAccount
        self.consumers = consumers
    }
}

extension AccessManifest {
    private static let group = "rbac.authorization.k8s.io"

    /// One stream of YAML.
    package var text: String {
        "# What Weft asks an API server for, and no more: the output of 'weft rbac'.\n" + documents
    }

    private var documents: String {
        [account, role, binding].map { JSONValue.object($0).yaml }.joined(separator: "---\n")
    }

    private var account: JSONObject {
        let meta: JSONObject = [
            "name": .string(serviceAccount), "namespace": .string(namespace),
        ]
        return .document("v1", "ServiceAccount", of: ["metadata": .object(meta)])
    }

    private var role: JSONObject {
        let rules = AccessRule.rules(for: consumers).map(\.document)
        return .document(
            "\(Self.group)/v1", "ClusterRole", of: ["metadata": name, "rules": .array(rules)])
    }

    private var binding: JSONObject {
        let role: JSONObject = [
            "apiGroup": .string(Self.group), "kind": .string("ClusterRole"),
            "name": .string(serviceAccount),
        ]
        let subject: JSONObject = [
            "kind": .string("ServiceAccount"), "name": .string(serviceAccount),
            "namespace": .string(namespace),
        ]
        return .document(
            "\(Self.group)/v1", "ClusterRoleBinding",
            of: [
                "metadata": name, "roleRef": .object(role),
                "subjects": .array([.object(subject)]),
            ])
    }

    /// The names of what stands outside namespaces.
    private var name: JSONValue { .object(["name": .string(serviceAccount)]) }
}

extension AccessRule {
    fileprivate var document: JSONValue {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
        return .object([
            "apiGroups": list([group]), "resources": list(resources), "verbs": list(verbs),
        ])
    }
}
