import Kubernetes

/// Which objects of a kind somebody asks for.
struct Selection {
    var namespace: String?
    var labels = LabelSelector()
    var fields: [FieldCondition] = []

    /// Whether it takes all there are.
    var isEverything: Bool { namespace == nil && labels.isAbsent && fields.isEmpty }

    func takes(_ object: any KubernetesObject) -> Bool {
        if let namespace, object.metadata.namespace != namespace { return false }
        return labels.matches(object.metadata.labels)
            && fields.allSatisfy { $0.holds(for: object) }
    }
}

/// A condition on one of the few fields that the API selects by: `metadata.name=node-1`.
struct FieldCondition {
    private let path: String
    private let value: String
    private let isEqual: Bool

    /// Conditions with commas between; nil for a text that is none.
    static func all(_ text: String) -> [FieldCondition]? {
        let parts = text.split(separator: ",")
        let conditions = parts.compactMap(FieldCondition.init)
        return conditions.count == parts.count ? conditions : nil
    }

    private init?(_ text: Substring) {
        let parts = text.split(
            separator: text.contains("!=") ? "!=" : "=", maxSplits: 1,
            omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        path = String(parts[0])
        // "==" means the same as "=".
        value = String(parts[1].drop { $0 == "=" })
        isEqual = !text.contains("!=")
    }

    /// A field that no object of the kind has is as good as empty.
    func holds(for object: any KubernetesObject) -> Bool {
        let found =
            switch path {
            case "metadata.name": object.metadata.name
            case "metadata.namespace": object.metadata.namespace
            case "spec.clusterIP": (object as? Service)?.spec.clusterIPs.first?.fieldText ?? ""
            case "spec.nodeName": (object as? Pod)?.spec.nodeName ?? ""
            default: ""
            }
        return (found == value) == isEqual
    }
}
