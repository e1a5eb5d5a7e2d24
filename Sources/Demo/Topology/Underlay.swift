import Netlink
import Network
import Platform
import Topology

/// The network between the machines: a router that is each segment's switch as well.
struct Underlay: ~Copyable {
    private let directory: RunDirectory
    private let router: Host
    private var routes: RouteSocket
    private let bridges: [Segment: LinkIndex]

    static let interface = "eth0"
    private static let routerName = "router"

    init(_ plan: ClusterPlan, in directory: RunDirectory) throws {
        let router = try Host(Self.routerName, keptAt: directory.namespace(Self.routerName))
        try router.forward()
        var routes = try router.routes()
        var bridges: [Segment: LinkIndex] = [:]
        for segment in plan.segments {
            let name = try InterfaceName(validating: segment.name)
            let bridge = try routes.create(NewLink(.init(name, isUp: true), .bridge(Bridge())))
            try routes.run(segment.router.map { .add(InterfaceAddress(of: $0, on: bridge)) })
            bridges[segment] = bridge
        }
        self.directory = directory
        self.router = router
        self.routes = routes
        self.bridges = bridges
    }
}

extension Underlay {
    /// Makes a machine, with a wire to its segment's switch and a default route.
    mutating func machine(_ plan: MachinePlan) throws -> Host {
        let host = try Host(plan.name, keptAt: directory.namespace(plan.name))
        let port = try InterfaceName(validating: plan.name)
        let eth0 = try InterfaceName(validating: Self.interface)
        let peer = NewLink.Peer(eth0, in: NamespaceReference(host.namespace), queues: 1)
        try routes.run(
            .create(NewLink(.init(port, queues: 1), .veth(peer), master: bridges[plan.segment])),
            .change(.name(port), .up))
        try Self.address(host, plan, eth0)
        return host
    }

    private static func address(
        _ host: Host, _ plan: MachinePlan, _ name: InterfaceName
    ) throws {
        var socket = try host.routes()
        guard let link = try socket.find(.link(name))?.index else {
            throw DemoError(.network, "connect \(host.name)", "its link is gone")
        }
        try socket.run(
            [.change(.index(link), .up)]
                + plan.addresses.map { .add(InterfaceAddress(of: $0, on: link)) }
                + plan.segment.router.map {
                    .add(Route(CIDR(allOf: $0.family), via: $0.address, on: link))
                })
    }

    /// Leads an address to a machine, as a router does that was told so by BGP.
    mutating func lead(_ address: IPAddress, to machine: MachinePlan) throws {
        guard let gateway = machine.addresses.first(address.family) else { return }
        try routes.run(.add(Route(CIDR(address), via: gateway)))
    }
}
