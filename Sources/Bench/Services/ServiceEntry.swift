package import Network

/// A service with all that a proxy must know of it, from which objects and rules are made.
package struct ServiceEntry: Hashable, Sendable {
    package let namespace: String
    package let name: String
    package var ports: [Port]
    /// One of each family.
    package var addresses: [IPAddress]
    /// Addresses that a load balancer sends to the node as they are.
    package var balancers: [IPAddress] = []
    package var keepsClients = false
    package var endpoints: [Endpoint]

    package struct Port: Hashable, Sendable {
        package let name: String
        package let transport: TransportProtocol
        package var nodePort: UInt16 = 0
    }

    /// Where traffic goes: an address of each family, and the node that it is on.
    package struct Endpoint: Hashable, Sendable {
        package let addresses: [IPAddress]
        package let node: String
    }

    /// The port that all services are asked on, and the one that all endpoints have.
    package static let port: UInt16 = 80
    package static let endpointPort: UInt16 = 8080
}

extension ServiceEntry {
    package func address(_ family: IPFamily) -> IPAddress? {
        addresses.first { $0.family == family }
    }

    package func balancers(_ family: IPFamily) -> [IPAddress] {
        balancers.filter { $0.family == family }
    }

    /// The endpoints of a family, and whether they are on a node.
    package func endpoints(
        _ family: IPFamily, seenFrom node: String
    ) -> [(address: IPAddress, isLocal: Bool)] {
        endpoints.compactMap { endpoint in
            endpoint.addresses.first { $0.family == family }
                .map { ($0, endpoint.node == node) }
        }
    }
}
