import Network

extension ServicePort {
    func check(among count: Int, isClusterIP: Bool) throws(ObjectError) {
        if name.isEmpty, count > 1 {
            throw ObjectError("each of several ports needs a name", in: "name")
        }
        if !name.isEmpty { try NameRule.label.check(name, "name") }
        if nodePort != 0, isClusterIP {
            throw ObjectError(
                "only services of type NodePort and LoadBalancer have it", in: "nodePort")
        }
        switch targetPort {
        case .number(let number) where number != 0 && UInt16(exactly: number) == nil:
            throw ObjectError("\(number) is not between 1 and 65535", in: "targetPort")
        case .name(let name) where !name.isEmpty && !Self.isPortName(name):
            throw ObjectError("\(quoted(name)) is no name of a port", in: "targetPort")
        default: break
        }
    }

    /// RFC 6335, 5.1: up to 15 letters, digits and single dashes, a letter among them.
    private static func isPortName(_ name: String) -> Bool {
        name.utf8.count <= 15 && NameRule.label.accepts(name) && !name.contains("--")
            && name.utf8.contains { $0 >= UInt8(ascii: "a") }
    }
}

/// What no two ports of a service have in common.
struct SeenPorts {
    private struct Number: Hashable {
        let transport: TransportProtocol
        let port: UInt16
    }

    private var names: Set<String> = []
    private var ports: Set<Number> = []
    private var nodePorts: Set<Number> = []

    mutating func add(_ port: ServicePort) throws(ObjectError) {
        if !port.name.isEmpty, !names.insert(port.name).inserted {
            throw ObjectError("another port has this name", in: "name")
        }
        if !ports.insert(Number(transport: port.transport, port: port.port)).inserted {
            throw ObjectError("port \(port.port)/\(port.transport) is here twice", in: "port")
        }
        let nodePort = Number(transport: port.transport, port: port.nodePort)
        if port.nodePort != 0, !nodePorts.insert(nodePort).inserted {
            throw ObjectError(
                "node port \(port.nodePort)/\(port.transport) is here twice", in: "nodePort")
        }
    }
}
