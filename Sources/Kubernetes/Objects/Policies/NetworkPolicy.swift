/// Which traffic pods take and send.
package struct NetworkPolicy: KubernetesObject {
    package static let kind = Kind.networkPolicy

    package var metadata = ObjectMeta()
    package var spec = NetworkPolicySpec()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(2, "spec", &spec)
    }
}

package struct NetworkPolicySpec: Message {
    package var podSelector = LabelSelector()
    package var ingress: [IngressRule] = []
    package var egress: [EgressRule] = []
    package var policyTypes: [PolicyType] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "podSelector", &podSelector)
        try fields.field(2, "ingress", &ingress)
        try fields.field(3, "egress", &egress)
        try fields.field(4, "policyTypes", &policyTypes)
    }
}

package enum PolicyType: String, Word, EmptyInitializable {
    case ingress = "Ingress"
    case egress = "Egress"

    package init() { self = .ingress }
}
