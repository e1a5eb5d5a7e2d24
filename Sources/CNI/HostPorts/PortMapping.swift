import Network

/// An entry of `runtimeConfig.portMappings`.
struct PortMapping: Hashable, Sendable {
    let hostPorts: PortRange
    let podPorts: PortRange
    let transport: TransportProtocol
    let hostAddress: IPAddress?

    /// Nil for an entry that asks for no port of the node.
    init?(_ settings: Settings) throws(CNIError) {
        let ports = 1...Int(UInt16.max)
        guard let host = try settings["hostPort"].integer(in: 0...ports.upperBound) else {
            throw settings["hostPort"].wrong("must be a port number, 1 to 65535")
        }
        guard let pod = try settings["containerPort"].integer(in: ports) else {
            throw settings["containerPort"].wrong("must be a port number, 1 to 65535")
        }
        let count = try settings["range"].integer(in: 0...ports.upperBound) ?? 1
        transport = try Self.transport(settings["protocol"])
        hostAddress = try Self.hostAddress(settings["hostIP"])
        // Kubernetes' way to say that a container's port is no port of the node.
        if host == 0 { return nil }
        guard let hostPorts = PortRange(from: host, count: count),
            let podPorts = PortRange(from: pod, count: count)
        else { throw settings["range"].wrong("no port after 65535 can be meant") }
        self.hostPorts = hostPorts
        self.podPorts = podPorts
    }

    private static func transport(_ setting: Setting) throws(CNIError) -> TransportProtocol {
        guard let name = try setting.string() else { return .tcp }
        guard let transport = TransportProtocol(anyCase: name) else {
            throw setting.wrong("must be tcp, udp or sctp")
        }
        return transport
    }

    private static func hostAddress(_ setting: Setting) throws(CNIError) -> IPAddress? {
        let address = try setting.parsed(as: IPAddress.self)
        if address == .v6(.loopback) {
            throw setting.unsupported("the kernel cannot lead connections to ::1 elsewhere")
        }
        return address
    }
}

extension PortMapping {
    /// The mappings that the runtime asks for.
    static func list(_ runtime: Settings) throws(CNIError) -> [PortMapping] {
        var mappings: [PortMapping] = []
        for element in try runtime["portMappings"].elements() ?? [] {
            guard let settings = try element.section() else {
                throw element.wrong("must be an object: {…}")
            }
            if let mapping = try PortMapping(settings) { mappings.append(mapping) }
        }
        return mappings
    }

    /// The ports that lead to a pod's address; none when the node's is of the other family.
    func ports(to pod: IPAddress) -> [HostPort] {
        if let hostAddress, hostAddress.family != pod.family { return [] }
        let address = hostAddress.flatMap { $0.isUnspecified ? nil : $0 }
        return zip(hostPorts.ports, podPorts.ports).map { port, podPort in
            HostPort(
                address: address, transport: transport, port: port,
                pod: AddressAndPort(pod, podPort))
        }
    }
}

extension PortRange {
    /// So many ports from the first; the reference's runtimes send 0 for one.
    fileprivate init?(from first: Int, count: Int) {
        guard let lower = UInt16(exactly: first),
            let upper = UInt16(exactly: first + (count == 0 ? 1 : count) - 1)
        else { return nil }
        self.init(Port(lower), through: Port(upper))
    }

    fileprivate var ports: [Port] { (lower.rawValue...upper.rawValue).map { Port($0) } }
}
