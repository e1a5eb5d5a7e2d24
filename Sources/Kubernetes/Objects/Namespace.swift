/// A part of the cluster with names of its own.
package struct Namespace: KubernetesObject {
    package static let kind = Kind.namespace

    package var metadata = ObjectMeta()
    package var status = NamespaceStatus()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(3, "status", &status)
    }
}

package struct NamespaceStatus: Message {
    /// "Active" or "Terminating".
    package var phase = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "phase", &phase)
    }
}
