import Network
import Platform
import Topology

/// All services at once, into a kernel that has none.
struct FullProgramming: Subject {
    let identity: Identity
    private let program: PathProgram
    private let services: ServiceSet
    private let family: IPFamily
    /// For Weft, which has them from its source.
    private let store: ServiceStore
    private let ruleset: PeerRuleset?

    init(_ program: PathProgram, _ store: ServiceStore, _ family: IPFamily) {
        let services = store.set
        self.program = program
        self.services = services
        self.family = family
        self.store = store
        ruleset = PeerRuleset(program, services, family, node: 1)
        identity =
            SyncIdentity(
                workload: "full", program: program, services: services.count,
                endpoints: services.endpoints, family: family
            ).identity
    }

    mutating func measure() throws -> Round {
        let host = try Host("node-1")
        var round = Round()
        if let ruleset {
            round.set(try ruleset.load(on: host))
        } else {
            let proxy = try RunningProxy(services.settings(1), of: store.store, on: host)
            round.set(proxy.full.duration)
        }
        return round
    }
}

/// A proxy that starts where everything is right, as after an upgrade.
struct WarmRestart: Subject {
    let identity: Identity
    private let store: ServiceStore
    private let host: Host

    init(_ store: ServiceStore, _ family: IPFamily) throws {
        self.store = store
        host = try Host("node-1")
        identity =
            SyncIdentity(
                workload: "restart", program: .weft, services: store.set.count,
                endpoints: store.set.endpoints, family: family
            ).identity
        _ = try RunningProxy(store.set.settings(1), of: store.store, on: host)
    }

    mutating func measure() throws -> Round {
        let proxy = try RunningProxy(store.set.settings(1), of: store.store, on: host)
        var round = Round()
        round.set(proxy.full.duration)
        round.set(.commands, Double(proxy.full.commands))
        return round
    }
}

extension Round {
    /// Sets a duration that there is only one of in a round.
    mutating func set(_ duration: Duration) {
        histogram.record(UInt64(max(0, duration.nanoseconds)))
        set(.p50, Double(duration.nanoseconds))
    }
}

extension Quantity {
    /// What the kernel is told.
    package static let commands = Quantity("commands", .count, better: .less)
}
