import Network
import Platform
import Topology

/// A node with services that change while it works, and clients and servers of one of them.
final class SyncStand: ChangingNode {
    let store: ServiceStore
    let family: IPFamily
    let lab: PathLab
    let proxy: RunningProxy
    private let responders: Responders

    /// The servers of the measured service, between which it moves.
    static let servers = 2

    init(_ services: ServiceSet, _ family: IPFamily) throws {
        lab = try PathLab(.sameNode, endpoints: Self.servers)
        store = try ServiceStore(services)
        let placement = try Placement.standard
        proxy = try RunningProxy(
            services.settings(1), of: store.store, on: lab.nodes[0], placement)
        responders = try Responders(on: lab.servers, port: Port(ServiceEntry.endpointPort))
        self.family = family
        try bind(placement)
        // Spare rotations are made when nothing has changed for a while.
        sleep(for: .seconds(1))
    }

    /// Whoever waits for another shares its processor, as `Placement` says.
    private func bind(_ placement: Placement) throws {
        try responders.pin(to: placement.client)
        try lab.client.run { () throws(PlatformError) in try Thread.pin(to: placement.client) }
    }

    var program: PathProgram { .weft }
    var services: ServiceSet { store.set }

    /// Waits a little: changes do not follow each other as fast as one is applied.
    func rest() { sleep(for: .milliseconds(2)) }

    func prepare(_ endpoints: [Int]) throws -> () -> Void {
        try store.setEndpoints(endpoints, of: services.measured)
        let store = store
        return { store.publish() }
    }

    /// Has a change that was written applied, and tells how long that takes.
    func apply() throws -> Duration { try proxy.time { store.publish() } }
}
