package import Network

/// An endpoint that takes a port's connections.
package struct Backend: Hashable, Sendable {
    package var address: IPAddress
    package var port: UInt16
    /// Whether it runs on this node (S11).
    package var isLocal: Bool
    /// How many turns of a weighted rotation it takes; other balancings ignore it.
    package var weight: UInt16

    package init(_ address: IPAddress, port: UInt16, isLocal: Bool, weight: UInt16 = 1) {
        self.address = address
        self.port = port
        self.isLocal = isLocal
        self.weight = weight
    }
}

extension Backend: CustomStringConvertible {
    package var description: String {
        address.family == .v6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
