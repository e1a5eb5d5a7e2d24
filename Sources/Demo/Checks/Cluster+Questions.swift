import Network
import Platform
import Topology

extension Cluster {
    var webs: [Pod] { pods.filter { $0.plan.role == .web } }
    var webNames: [String] { webs.map(\.name) }

    func node(of pod: Pod) -> Node { nodes[pod.plan.node - 1] }

    func pod(_ name: String) throws(DemoError) -> Pod {
        guard let pod = pods.first(where: { $0.name == name }) else {
            throw DemoError(.state, "ask pod \(name)", "there is none")
        }
        return pod
    }

    /// The pod that asks.
    var client: Pod {
        get throws(DemoError) { try pod("client") }
    }

    /// How the client's pod looks up names.
    func resolver(_ family: IPFamily = .v4) throws(DemoError) -> Resolver {
        let client = try client
        guard let server = services.dns.address(family) else { throw Self.missing(family) }
        return Resolver(client.host, Resolver.file(server, in: client.plan.namespace))
    }

    static func missing(_ family: IPFamily) -> DemoError {
        DemoError(.state, "ask by \(family)", "the cluster has no such addresses")
    }
}

extension Host {
    /// Asks the same many times, each by a connection of its own.
    func ask(
        _ address: IPAddress, _ port: UInt16, times: Int
    ) throws(PlatformError) -> [Answer] {
        let question = Question(.tcp, AddressAndPort(address, Port(port)))
        return try (0..<times).map { _ throws(PlatformError) in try question.ask(from: self) }
    }

    func ask(_ address: IPAddress, _ port: UInt16) throws(PlatformError) -> Answer {
        try Question(.tcp, AddressAndPort(address, Port(port))).ask(from: self)
    }

    /// Whether there is no answer within a time.
    func hearsNothing(
        from address: IPAddress, _ port: UInt16, within patience: Duration
    ) -> Bool {
        let target = AddressAndPort(address, Port(port))
        return (try? Question(.tcp, target, within: patience).ask(from: self)) == nil
    }
}
