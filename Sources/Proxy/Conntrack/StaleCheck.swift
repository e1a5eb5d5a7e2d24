package import Network

/// Something that clients address whose backends have changed, and which of its tracked connections
/// are to be forgotten for that.
package struct StaleCheck: Hashable, Sendable {
    package var target: Target
    package var backends: Backends

    /// Which backends a connection may lead to.
    package enum Backends: Hashable, Sendable {
        /// These alone (S81): whatever leads elsewhere, or nowhere else than it was addressed to, is
        /// stale. None of them means that the target, or all behind it, is gone.
        case serving(Set<AddressAndPort>)
        /// All but these: what leads to one of them is stale.
        case removed(Set<AddressAndPort>)
    }

    package init(_ target: Target, _ backends: Backends) {
        self.target = target
        self.backends = backends
    }
}

extension StaleCheck {
    /// What a client addresses: an address of a service and a port, or a port of every node.
    package struct Target: Hashable, Sendable {
        package let family: IPFamily
        /// Nil for a node port: whatever the address is.
        package let destination: IPAddress?
        package let port: Port
        package let transport: TransportProtocol

        package init(_ transport: TransportProtocol, _ destination: AddressAndPort) {
            self.init(
                transport, destination.address.family, destination.address, destination.port)
        }

        package init(_ transport: TransportProtocol, nodePort: Port, _ family: IPFamily) {
            self.init(transport, family, nil, nodePort)
        }

        private init(
            _ transport: TransportProtocol, _ family: IPFamily, _ destination: IPAddress?,
            _ port: Port
        ) {
            self.family = family
            self.destination = destination
            self.port = port
            self.transport = transport
        }
    }
}

extension StaleCheck.Backends {
    /// Whether a connection that the kernel leads to a backend is stale.
    func isStale(leadingTo backend: AddressAndPort) -> Bool {
        switch self {
        case .serving(let backends): !backends.contains(backend)
        case .removed(let backends): backends.contains(backend)
        }
    }

    /// Takes a later finding about the same target in.
    mutating func merge(_ later: Self) {
        if case .removed(let earlier) = self, case .removed(let more) = later {
            self = .removed(earlier.union(more))
        } else {
            self = later
        }
    }
}
