package import Network

/// Where a socket is, or is to be: a port of an IP address, or a name on this machine.
package enum SocketAddress: Hashable, Sendable {
    /// The zone is the number of the interface that a link-local address is on, else 0.
    case ip(AddressAndPort, zone: UInt32 = 0)
    case unix(UnixAddress)
}

extension SocketAddress {
    package static func ip(_ address: IPAddress, _ port: Port) -> SocketAddress {
        .ip(AddressAndPort(address, port))
    }

    /// The IP address and port, if it is one.
    package var ip: AddressAndPort? {
        guard case .ip(let address, _) = self else { return nil }
        return address
    }
}

/// A name of a Unix socket.
package enum UnixAddress: Hashable, Sendable {
    /// A file; it stays when the socket is closed.
    case path(String)
    /// A name without a file, of the network namespace.
    case abstract(String)
    /// What a client that chose no name has.
    case unnamed
}

extension SocketAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ip(let address, 0): "\(address)"
        case .ip(let address, let zone): "\(address) on interface \(zone)"
        case .unix(.path(let path)): path
        case .unix(.abstract(let name)): "@\(name)"
        case .unix(.unnamed): "an unnamed socket"
        }
    }
}
