package import Network

/// Which addresses and node ports services hold: what has to survive a restart.
package struct Allocations: Hashable, Sendable {
    package private(set) var holdings: [ObjectKey: Holding] = [:]
    private var addressOwners: [IPAddress: ObjectKey] = [:]
    private var portOwners: [NodePort: ObjectKey] = [:]

    package init() {}
}

/// What one service holds.
package struct Holding: Hashable, Sendable {
    package var addresses: [IPAddress] = []
    package var nodePorts: [HeldPort] = []

    package init() {}

    package struct HeldPort: Hashable, Sendable {
        package let nodePort: NodePort
        /// The port of the service; zero for the one at which load balancers ask for health.
        package let port: UInt16
    }
}

package struct NodePort: Hashable, Sendable {
    package let transport: TransportProtocol
    package let number: UInt16
}

extension NodePort: CustomStringConvertible {
    package var description: String { "\(number)/\(transport)" }
}

extension Allocations {
    subscript(_ service: ObjectKey) -> Holding { holdings[service] ?? Holding() }

    func owner(of address: IPAddress) -> ObjectKey? { addressOwners[address] }

    func owner(of port: NodePort) -> ObjectKey? { portOwners[port] }

    /// Gives a service exactly what a holding has; what it held before is free again.
    mutating func assign(_ holding: Holding, to service: ObjectKey) {
        if let before = holdings.removeValue(forKey: service) {
            for address in before.addresses { addressOwners[address] = nil }
            for port in before.nodePorts { portOwners[port.nodePort] = nil }
        }
        guard holding != Holding() else { return }
        holdings[service] = holding
        for address in holding.addresses { addressOwners[address] = service }
        for port in holding.nodePorts { portOwners[port.nodePort] = service }
    }

    /// Whether nobody else holds any of it.
    func isFree(_ holding: Holding) -> Bool {
        holding.addresses.allSatisfy { addressOwners[$0] == nil }
            && holding.nodePorts.allSatisfy { portOwners[$0.nodePort] == nil }
    }
}
