import Bench
import Network
import Platform
import TestSupport
import Testing

/// What is measured has processors of its own, so one after the other.
@Suite(.requiresRoot, .serialized) struct `Load on a network` {}

/// A client, a router and servers, as small as can be measured in.
struct LoadLab {
    let lab: Lab
    let client: Host
    let router: Host
    let server: Host

    init(_ lab: Lab) throws {
        self.lab = lab
        client = try lab.host("client")
        router = try lab.host("router")
        server = try lab.host("server")
        try lab.connect(
            client, "eth0", ["10.1.0.2/24", "fd01::2/64"],
            router, "client", ["10.1.0.1/24", "fd01::1/64"])
        try lab.connect(
            server, "eth0", ["10.2.0.2/24", "fd02::2/64"],
            router, "server", ["10.2.0.1/24", "fd02::1/64"])
        try router.forward()
        for (host, number) in [(client, 1), (server, 2)] {
            try host.route("default", via: "10.\(number).0.1")
            try host.route("default", via: "fd0\(number)::1")
        }
    }
}

extension LoadLab {
    /// A server that both families reach.
    func serve(_ name: String = "server", delay: Duration = .zero) throws -> LoadServer {
        try LoadServer(
            name, at: AddressAndPort(.v6(.unspecified), 0), in: server.namespace, delay: delay)
    }

    func makeClient() throws -> LoadClient {
        try LoadClient(
            in: client.namespace, .standard,
            sources: [try IPAddress(validating: "10.1.0.2"), try IPAddress(validating: "fd01::2")])
    }

    /// Where a server is reached.
    func address(_ server: LoadServer, _ family: IPFamily) throws -> AddressAndPort {
        let address = try IPAddress(validating: family == .v4 ? "10.2.0.2" : "fd02::2")
        return AddressAndPort(address, server.address.port)
    }
}

extension Identity {
    /// What a test measures.
    static func load(_ workload: String, _ variant: String = "plain") -> Identity {
        Identity("path", workload, [.init("service", variant)])
    }
}

extension Round {
    subscript(quantity: Quantity) -> Double? {
        values.first { $0.quantity == quantity }?.value
    }
}

extension Measurement {
    /// The median of what one has more than another one in the same turn.
    func difference(from other: Measurement, _ quantity: Quantity) -> Double {
        let (mine, others) = (self[quantity.name]?.rounds ?? [], other[quantity.name]?.rounds ?? [])
        return Estimate(rounds: zip(mine, others).map { $0 - $1 }).value
    }
}
