package import Network

/// A network of machines: a switch, with a router on it.
package struct Segment: Hashable, Sendable {
    /// The name of its switch.
    package let name: String
    /// One network for each address family.
    package let networks: [CIDR]

    init(_ name: String, _ networks: [CIDR]) {
        self.name = name
        self.networks = networks
    }
}

extension Segment {
    private static let router = 1

    /// The addresses of a machine of the segment, with the segment's length.
    package func addresses(of machine: Int) -> [CIDR] {
        networks.compactMap { network in
            network.address(at: machine).flatMap {
                CIDR($0, prefixLength: network.prefixLength)
            }
        }
    }

    /// The router's own addresses, which are the machines' way to everywhere else.
    package var router: [CIDR] { addresses(of: Self.router) }
}

extension [CIDR] {
    /// The one of an address family.
    package func first(_ family: IPFamily) -> IPAddress? {
        first { $0.family == family }?.address
    }
}
