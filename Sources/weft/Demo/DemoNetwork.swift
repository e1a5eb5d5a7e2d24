import Netlink
import Network
import Platform

/// Two hosts with one wire between them, in namespaces without names: nothing of the machine
/// changes, and the kernel removes all of it when the program ends.
struct DemoNetwork: ~Copyable {
    let client: NetworkNamespace
    let server: NetworkNamespace
    private let wire: InterfaceName
    var routes: RouteSocket

    init() throws {
        let wire = try InterfaceName(validating: "eth0")
        let client = try NetworkNamespace.anonymous()
        let server = try NetworkNamespace.anonymous()
        let routes = try RouteSocket(in: client)
        self.wire = wire
        self.client = client
        self.server = server
        self.routes = routes
    }
}

extension DemoNetwork {
    /// Makes both ends of the wire, each in its host, with one message.
    mutating func connect() throws -> LinkIndex {
        try routes.create(
            NewLink(
                NewLink.End(wire, mtu: 1450, isUp: true),
                .veth(NewLink.Peer(wire, mtu: 1450, in: NamespaceReference(server)))))
    }

    /// Gives the client its address and its way to the services.
    mutating func address(
        _ link: LinkIndex, as client: CIDR, servicesIn services: CIDR
    ) throws {
        try routes.run(
            .add(InterfaceAddress(client, on: link)), .add(Route(services, on: link)))
    }

    /// Gives the server its addresses.
    func address(serverAs addresses: [CIDR]) throws {
        var routes = try RouteSocket(in: server)
        guard let link = try routes.find(.link(wire)) else {
            throw PlatformError(.noDevice, "find", "\(wire)")
        }
        try routes.run(
            [.change(.index(link.index), .up)]
                + addresses.map { .add(InterfaceAddress($0, on: link.index)) })
    }
}
