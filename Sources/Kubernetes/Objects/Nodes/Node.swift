/// A machine of the cluster.
package struct Node: KubernetesObject {
    package static let kind = Kind.node

    package var metadata = ObjectMeta()
    package var spec = NodeSpec()
    package var status = NodeStatus()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(2, "spec", &spec)
        try fields.field(3, "status", &status)
    }
}

package struct NodeSpec: Message {
    /// The first of `podCIDRs`, or all there is from an API server before dual-stack.
    private var podCIDR = ""
    package var podCIDRs: [String] = []
    package var unschedulable = false
    package var taints: [Taint] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "podCIDR", &podCIDR)
        try fields.field(7, "podCIDRs", &podCIDRs)
        try fields.field(4, "unschedulable", &unschedulable)
        try fields.field(5, "taints", &taints)
    }

    package mutating func settle() throws(ObjectError) {
        if podCIDRs.isEmpty, !podCIDR.isEmpty { podCIDRs = [podCIDR] }
        podCIDR = podCIDRs.first ?? ""
    }
}

/// What keeps pods that do not tolerate it away from a node.
package struct Taint: Message, EmptyInitializable {
    package var key = ""
    package var value = ""
    package var effect = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "key", &key)
        try fields.field(2, "value", &value)
        try fields.field(3, "effect", &effect)
    }
}
