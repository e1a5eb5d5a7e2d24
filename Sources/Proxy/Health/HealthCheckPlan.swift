package import Kubernetes
package import Network

/// A service's port for load balancers' health checks, on every node that they may send to (S27).
package struct HealthCheckPort: Hashable, Sendable {
    package let port: Port
    /// The addresses of ready endpoints on this node (S123).
    package let localEndpoints: Int

    package init(_ port: Port, localEndpoints: Int) {
        self.port = port
        self.localEndpoints = localEndpoints
    }
}

/// Which listeners to close, and then which to open.
package struct HealthCheckPlan: Hashable, Sendable {
    /// A listener: for a service, on an address and port.
    package struct Place: Hashable, Sendable {
        package let service: ObjectKey
        package let address: AddressAndPort
    }

    package let closed: Set<Place>
    package let opened: [Place]

    package init(
        _ desired: [ObjectKey: HealthCheckPort], on addresses: [IPAddress],
        open: some Sequence<Place>
    ) {
        let places = Set(
            desired.flatMap { service, port in
                addresses.map {
                    Place(service: service, address: AddressAndPort($0, port.port))
                }
            })
        let open = Set(open)
        closed = open.subtracting(places)
        opened = places.subtracting(open).sorted {
            ($0.address, $0.service) < ($1.address, $1.service)
        }
    }
}
