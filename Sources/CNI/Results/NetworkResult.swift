package import Network

/// What ADD tells the runtime, whatever version of the specification it is written in.
package struct NetworkResult: Equatable, Sendable {
    package var interfaces: [Interface] = []
    package var addresses: [Address] = []
    package var routes: [Route] = []
    package var dns = DNS()

    package init() {}
}

extension NetworkResult {
    package struct Interface: Equatable, Sendable {
        package var name: String
        package var mac: String?
        package var mtu: Int?
        /// CNI_NETNS as it was given, for an interface inside the container; nil for the host's.
        package var sandbox: String?
        package var socketPath: String?
        package var pciID: String?

        package init(
            _ name: String, mac: String? = nil, mtu: Int? = nil, sandbox: String? = nil
        ) {
            self.name = name
            self.mac = mac
            self.mtu = mtu
            self.sandbox = sandbox
        }
    }

    package struct Address: Equatable, Sendable {
        /// With its host part: 10.1.0.5/16.
        package var address: CIDR
        package var gateway: IPAddress?
        /// The place of its interface in `interfaces`.
        package var interface: Int?

        package init(_ address: CIDR, gateway: IPAddress? = nil, interface: Int? = nil) {
            self.address = address
            self.gateway = gateway
            self.interface = interface
        }
    }

    package struct Route: Equatable, Sendable {
        package var destination: CIDR
        package var gateway: IPAddress?
        package var mtu: Int?
        package var advertisedMSS: Int?
        package var priority: Int?
        package var table: Int?
        package var scope: Int?

        package init(_ destination: CIDR, via gateway: IPAddress? = nil) {
            self.destination = destination
            self.gateway = gateway
        }
    }

    package struct DNS: Equatable, Sendable {
        package var nameservers: [String] = []
        package var domain: String?
        package var search: [String] = []
        package var options: [String] = []

        package init() {}

        package var isEmpty: Bool { self == DNS() }
    }
}
