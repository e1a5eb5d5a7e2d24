package import Network

/// Where this node receives what other nodes send through a tunnel.
package struct TunnelEndpoint: Hashable, Sendable {
    package let family: IPFamily
    package let address: IPAddress
    package let port: Port
    package let device: String

    package init(family: IPFamily, address: IPAddress, port: Port, device: String) {
        self.family = family
        self.address = address
        self.port = port
        self.device = device
    }
}
