package import Network

/// A service of the demonstration.
package struct ServicePlan: Hashable, Sendable {
    package let name: String
    package let namespace: String
    /// One for each address family; none for names that lead to pods or away.
    package let addresses: [IPAddress]
    let kind: Kind
    let selector: Label?
    let ports: [ServicePort]

    enum Kind: Hashable, Sendable {
        case clusterIP
        /// A client stays with the pod that it had first.
        case affine
        case headless
        case loadBalancer(nodePort: UInt16, [IPAddress])
        /// Only pods of the node that is asked answer, and see who asks.
        case localNodePort(UInt16)
        case externalName(String)
    }

    init(
        _ name: String, in namespace: String = PodPlan.shop, _ kind: Kind,
        _ addresses: [IPAddress] = [], to selector: Label? = nil,
        _ ports: [ServicePort] = []
    ) {
        self.name = name
        self.namespace = namespace
        self.kind = kind
        self.addresses = addresses
        self.selector = selector
        self.ports = ports
    }
}

/// A port of a service, and where it leads to.
struct ServicePort: Hashable, Sendable {
    let name: String
    let transport: TransportProtocol
    let port: UInt16
    let target: UInt16

    init(_ name: String, _ transport: TransportProtocol, _ port: UInt16, to target: UInt16) {
        self.name = name
        self.transport = transport
        self.port = port
        self.target = target
    }
}

extension ServicePlan {
    func address(_ family: IPFamily) -> IPAddress? { addresses.first { $0.family == family } }
}
