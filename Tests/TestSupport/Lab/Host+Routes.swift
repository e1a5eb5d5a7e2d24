import Netlink
import Network

extension Host {
    /// Adds a route through a neighbour: to a network, or to "default", which is all there are.
    package func route(_ destination: String, via gateway: String) throws {
        let gateway = try IPAddress(validating: gateway)
        let network =
            try destination == "default"
            ? Self.everything(gateway.family) : CIDR(validatingNetwork: destination)
        try change(.add(Route(network, via: gateway)))
    }

    private static func everything(_ family: IPFamily) throws -> CIDR {
        try CIDR(validating: family == .v4 ? "0.0.0.0/0" : "::/0")
    }
}
