package import Network

/// What a node's own server needs of its machine: addresses, and which packets are for it.
package struct NodeLocalPlan: Hashable, Sendable {
    package var addresses: Set<IPAddress> = []
    /// What is answered at them.
    package var points: Set<Point> = []

    package struct Point: Hashable, Sendable {
        package let address: IPAddress
        package let transport: TransportProtocol
        package let port: Port
    }
}

extension NodeLocalPlan {
    /// Reads the server blocks of a configuration that names its addresses.
    ///
    /// Loopback addresses are every machine's anyway, and interfaces have their own.
    package init(_ file: Corefile) {
        for server in file.servers {
            let served = Set(server.binds.flatMap(\.ownAddresses))
            addresses.formUnion(served)
            for key in server.keys {
                for address in served {
                    points.formUnion(
                        key.scheme.transports.map {
                            Point(address: address, transport: $0, port: key.port)
                        })
                }
            }
        }
    }
}

extension BindOptions {
    fileprivate var ownAddresses: [IPAddress] {
        targets.compactMap { target in
            guard case .address(let address) = target, !exceptions.contains(target),
                !address.isUnspecified, !address.isLoopback
            else { return nil }
            return address
        }
    }
}

extension ServerKey.Scheme {
    fileprivate var transports: [TransportProtocol] {
        switch self {
        case .dns: [.udp, .tcp]
        case .tls: [.tcp]
        }
    }
}
