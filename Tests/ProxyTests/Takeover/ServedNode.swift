import Kubernetes
import NFTables
import Network
import Platform
import TestSupport

@testable import Proxy

/// A client, a node that knows the service 10.96.0.1:80, and the machine that serves it on 8080.
struct ServedNode {
    let client: Host
    let node: Host
    let server: Host
    private let listener: Server
    private let snapshot: Snapshot
    let settings = ProxySettings(nodeName: "n1")

    init(in lab: Lab) throws {
        client = try lab.host("client")
        node = try lab.host("node")
        server = try lab.host("server")
        try lab.connect(client, "eth0", ["192.168.1.2/24"], node, "eth0", ["192.168.1.1/24"])
        try lab.connect(node, "eth1", ["192.168.2.1/24"], server, "eth0", ["192.168.2.2/24"])
        try node.forward()
        try client.route("default", via: "192.168.1.1")
        try server.route("default", via: "192.168.2.1")
        listener = try server.serve(.tcp, 8080)
        var writer = StoreWriter()
        writer.put(web())
        writer.put(slice(["192.168.2.2 there ready"]).value)
        writer.publish()
        snapshot = writer.store.snapshot
    }

    var wanted: WantedServices {
        WantedServices(
            snapshot: snapshot, node: here, family: .v4, settings: ModelSettings(),
            nodeAddress: nil)
    }

    /// Makes our table as a proxy does when it starts; says what it could not remove.
    @discardableResult
    func start() throws -> NFTablesError? {
        try node.run {
            var kernel = try KernelRuleset()
            var sync = FamilySync(settings.table(of: .v4), seed: 1)
            return try sync.recover(
                wanted, NodeNetworks(), takingOver: Takeover(.v4, from: &kernel), &kernel
            ).leftBehind
        }
    }

    /// What a proxy that finds our table would change.
    func differences() throws -> String {
        try node.run {
            var kernel = try KernelRuleset()
            let table = settings.table(of: .v4)
            var change = TableChange(table)
            _ = FamilyPlan(
                table, seed: 9, adopting: try HeldTable(table, from: &kernel),
                services: wanted.all, networks: NodeNetworks(), &change)
            return change.transaction.description
        }
    }

    func ask(within limit: Duration = .patience) throws -> Reply {
        defer { extendLifetime(listener) }
        return try client.ask(
            .tcp, try AddressAndPort(validating: "10.96.0.1:80"), "hello", within: limit)
    }
}
