package import Network

/// An element of one of the table's sets, by what it means.
package struct ProxyElement: Hashable, Sendable {
    package let set: ProxySet
    package let key: Key
    package let data: Data

    init(_ set: ProxySet, _ key: Key, _ data: Data = .none) {
        self.set = set
        self.key = key
        self.data = data
    }

    /// Where it is: an element with other data would be in its way.
    struct Place: Hashable, Sendable {
        let set: ProxySet
        let key: Key
    }

    var place: Place { Place(set: set, key: key) }

    package enum Key: Hashable, Sendable {
        case ticket(Ticket)
        case address(IPAddress)
        case destination(Destination)
    }

    package enum Data: Hashable, Sendable {
        case none
        case ticket(Ticket)
        case backend(IPAddress, UInt16)
        /// The chain of the group that the key is the ticket of.
        case counter
        case `guard`(UInt32)
        case affinity(seconds: UInt32, PortMeaning.Route)
    }
}

/// Where packets for a service go: an address and port, or a port of the node.
package struct Destination: Hashable, Sendable {
    /// Nil for node ports.
    package let address: IPAddress?
    package let transport: TransportProtocol
    package let port: UInt16

    package init(_ address: IPAddress?, _ transport: TransportProtocol, _ port: UInt16) {
        self.address = address
        self.transport = transport
        self.port = port
    }
}

extension Destination: CustomStringConvertible {
    package var description: String {
        guard let address else { return "node port \(port)/\(transport)" }
        let host = address.family == .v6 ? "[\(address)]" : "\(address)"
        return "\(host):\(port)/\(transport)"
    }
}
