package import Network

/// A container, as far as ports are found through it.
package struct Container: Message, EmptyInitializable {
    package var name = ""
    package var ports: [ContainerPort] = []
    /// "Always" makes an init container one that runs beside the others.
    package var restartPolicy = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "name", &name)
        try fields.field(6, "ports", &ports)
        try fields.field(24, "restartPolicy", &restartPolicy)
    }
}

package struct ContainerPort: Message, EmptyInitializable {
    package var name = ""
    package var hostPort: UInt16 = 0
    package var containerPort: UInt16 = 0
    package var transport = TransportProtocol.tcp

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "name", &name)
        try fields.field(2, "hostPort", &hostPort)
        try fields.field(3, "containerPort", &containerPort)
        try fields.field(4, "protocol", &transport)
    }
}
