package import Network

/// A port of a service, and where its traffic goes.
package struct ServicePort: Message, EmptyInitializable {
    package var name = ""
    package var transport = TransportProtocol.tcp
    package var port: UInt16 = 0
    package var targetPort: NumberOrName?
    package var nodePort: UInt16 = 0
    package var appProtocol = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "name", &name)
        try fields.field(2, "protocol", &transport)
        try fields.field(6, "appProtocol", &appProtocol)
        try fields.field(3, "port", &port)
        try fields.field(4, "targetPort", &targetPort)
        try fields.field(5, "nodePort", &nodePort)
    }

    package mutating func settle() throws(ObjectError) {
        if port == 0 { throw ObjectError("a service's port is 1 to 65535", in: "port") }
    }
}

/// How long a client stays with the endpoint it has met.
package struct SessionAffinityConfig: Message {
    package var clientIP = ClientIPConfig()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "clientIP", &clientIP)
    }
}

package struct ClientIPConfig: Message {
    package var timeoutSeconds: Int32 = 0

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "timeoutSeconds", &timeoutSeconds)
    }
}
