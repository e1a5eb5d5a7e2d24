package struct NodeStatus: Message {
    /// Whether the node is ready and has its network; its other conditions are not kept.
    package var conditions: [Condition] = []
    package var addresses: [NodeAddress] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(4, "conditions", &conditions)
        try fields.field(5, "addresses", &addresses)
    }

    package mutating func settle() throws(ObjectError) {
        conditions.removeAll { !Self.kept.contains($0.type) }
    }

    private static let kept: Set = ["Ready", "NetworkUnavailable"]
}

/// An address of a node, or a name.
package struct NodeAddress: Message, EmptyInitializable {
    /// "InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS".
    package var type = ""
    package var address = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "type", &type)
        try fields.field(2, "address", &address)
    }
}
