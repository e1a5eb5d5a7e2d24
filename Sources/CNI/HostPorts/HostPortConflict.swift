import Network

extension TableSession {
    /// Refuses a port of all addresses that somebody else has on one address, and the reverse.
    ///
    /// The same key twice the kernel refuses itself.
    mutating func refuseOverlaps(of ports: [HostPort], owner: String) throws(CNIError) {
        let maps = Set(
            ports.map { PodMap($0.address == nil ? .addressedPorts : .hostPorts, $0.family) })
        for map in maps {
            let kind = map.kind
            let wanted = Set(
                ports.filter { ($0.address == nil) == (kind == .addressedPorts) }
                    .map { NodePort($0) })
            for element in try elements(of: map) where element.owner != owner {
                guard let port = HostPort(element), wanted.contains(NodePort(port)) else {
                    continue
                }
                throw CNIError(taken: port, by: element)
            }
        }
    }
}

/// A port of the node, whatever the address.
private struct NodePort: Hashable {
    let family: IPFamily
    let transport: TransportProtocol
    let port: Port

    init(_ hostPort: HostPort) {
        family = hostPort.family
        transport = hostPort.transport
        port = hostPort.port
    }
}

extension CNIError {
    init(taken port: HostPort, by element: InstalledElement) {
        self.init(
            .hostPortTaken, "host port \(port) is taken",
            details: "it leads to \(port.pod), of \(element.owner ?? "nobody known"); "
                + "choose another hostPort or hostIP, or remove that container")
    }
}
