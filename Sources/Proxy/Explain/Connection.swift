package import Network

/// A connection to be, whose way is asked for.
package struct Connection: Hashable, Sendable {
    /// Nil for a client outside the node that nothing is known of.
    package var source: IPAddress?
    package var address: IPAddress
    package var port: UInt16
    package var transport: TransportProtocol

    package init(
        from source: IPAddress? = nil, to address: IPAddress, _ port: UInt16,
        _ transport: TransportProtocol = .tcp
    ) {
        self.source = source
        self.address = address
        self.port = port
        self.transport = transport
    }
}

extension Connection {
    var family: IPFamily { address.family }
    var destination: Destination { Destination(address, transport, port) }

    /// The sender's address, or one of those kept for documentation, which nobody has.
    var sender: IPAddress {
        source
            ?? (family == .v4
                ? .v4(IPv4Address(192, 0, 2, 1))
                : .v6(IPv6Address(high: 0x2001_0DB8 << 32, low: 1)))
    }
}

extension Connection: CustomStringConvertible {
    package var description: String {
        source.map { "\(destination) from \($0)" } ?? "\(destination)"
    }
}
