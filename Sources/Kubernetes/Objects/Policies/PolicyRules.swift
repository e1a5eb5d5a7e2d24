package import Network

/// Traffic that pods take.
package struct IngressRule: Message, EmptyInitializable {
    package var ports: [PolicyPort] = []
    package var from: [PolicyPeer] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ports", &ports)
        try fields.field(2, "from", &from)
    }
}

/// Traffic that pods send.
package struct EgressRule: Message, EmptyInitializable {
    package var ports: [PolicyPort] = []
    package var to: [PolicyPeer] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ports", &ports)
        try fields.field(2, "to", &to)
    }
}

/// Ports that a rule is about; without `port`, all of the protocol.
package struct PolicyPort: Message, EmptyInitializable {
    package var transport = TransportProtocol.tcp
    package var port: NumberOrName?
    package var endPort: UInt16 = 0

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "protocol", &transport)
        try fields.field(2, "port", &port)
        try fields.field(3, "endPort", &endPort)
    }
}

/// Who a rule is about: pods by their labels, or addresses.
package struct PolicyPeer: Message, EmptyInitializable {
    package var podSelector: LabelSelector?
    package var namespaceSelector: LabelSelector?
    package var ipBlock: IPBlock?

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "podSelector", &podSelector)
        try fields.field(2, "namespaceSelector", &namespaceSelector)
        try fields.field(3, "ipBlock", &ipBlock)
    }
}

/// A network without some of its parts.
package struct IPBlock: Message, EmptyInitializable {
    package var cidr = ""
    package var except: [String] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "cidr", &cidr)
        try fields.field(2, "except", &except)
    }
}
