import Network

/// The addresses of the demonstration, as a cluster might have them, and how long it goes on.
struct DemoPlan {
    /// The client's address, with the length of the network it shares with the server.
    let client: CIDR
    /// The server's addresses: one for each endpoint.
    let servers: [CIDR]
    /// The network that services' addresses come from.
    let services: CIDR
    let service: DemoService
    let connections: Int

    init(connections: Int) throws(NetworkError) {
        let endpoints = try ["10.244.0.2", "10.244.0.3", "10.244.0.4"].map {
            (text) throws(NetworkError) in try IPv4Address(validating: text)
        }
        client = try CIDR(validating: "10.244.0.1/24")
        services = try CIDR(validating: "10.96.0.0/16")
        service = DemoService(
            address: try IPv4Address(validating: "10.96.0.1"), port: 80, endpoints: endpoints,
            targetPort: 8080)
        servers = endpoints.compactMap { [client] in
            CIDR(.v4($0), prefixLength: client.prefixLength)
        }
        self.connections = connections
    }

    var front: AddressAndPort { AddressAndPort(.v4(service.address), Port(service.port)) }
}
