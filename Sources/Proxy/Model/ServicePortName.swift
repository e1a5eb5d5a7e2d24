package import Kubernetes
package import Network

/// Which port of which service: the unit that is balanced, has its own rotation and its own
/// affinity (S16).
package struct ServicePortName: Hashable, Sendable {
    package let service: ObjectKey
    /// Empty when the service has a single port without a name.
    package let port: String
    package let transport: TransportProtocol

    package init(_ service: ObjectKey, port: String, _ transport: TransportProtocol) {
        self.service = service
        self.port = port
        self.transport = transport
    }
}

extension ServicePortName: CustomStringConvertible {
    package var description: String {
        let name = port.isEmpty ? "\(service)" : "\(service):\(port)"
        return transport == .tcp ? name : "\(name)/\(transport)"
    }
}
