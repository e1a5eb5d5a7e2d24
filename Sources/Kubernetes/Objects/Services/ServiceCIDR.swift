/// Networks that services' addresses are taken from.
package struct ServiceCIDR: KubernetesObject {
    package static let kind = Kind.serviceCIDR

    package var metadata = ObjectMeta()
    package var spec = ServiceCIDRSpec()
    package var status = ServiceCIDRStatus()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(2, "spec", &spec)
        try fields.field(3, "status", &status)
    }
}

package struct ServiceCIDRSpec: Message {
    package var cidrs: [String] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "cidrs", &cidrs)
    }
}

package struct ServiceCIDRStatus: Message {
    package var conditions: [Condition] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "conditions", &conditions)
    }
}
