import Network
import Platform
import Topology

/// What a peer tells the kernel when an endpoint of one service is swapped, beside all services.
///
/// kube-proxy reads what there is and computes what is to be before that, which is not counted.
struct PeerChange: Subject {
    let identity: Identity
    private let program: PathProgram
    private let services: ServiceSet
    private let family: IPFamily
    private let host: Host
    private var turn = 0
    /// Whether it takes so long that it can be measured a few times only.
    private(set) var isSlow = false

    /// Nil for a program that is no peer.
    init?(_ program: PathProgram, _ services: ServiceSet, _ family: IPFamily) throws {
        guard let ruleset = PeerRuleset(program, services, family, node: 1) else { return nil }
        host = try Host("node-1")
        try ruleset.load(on: host)
        self.program = program
        self.services = services
        self.family = family
        identity =
            SyncIdentity(
                workload: SingleChange.Kind.endpointSwapped.rawValue, program: program,
                services: services.count, endpoints: services.endpoints, family: family
            ).identity
        isSlow = try measure().histogram.maximum > Self.slow
    }

    /// In nanoseconds.
    private static let slow: UInt64 = 1_000_000_000

    mutating func measure() throws -> Round {
        turn += 1
        let number = turn * 7919 % services.count
        let endpoints = Array(0..<services.endpoints - 1) + [services.endpoints]
        let entry = services.entry(number, endpoints: endpoints)
        var round = Round()
        if let change = PeerRuleset(changing: entry, program, services, family) {
            round.set(try change.load(on: host))
            round.set(.p99, round.histogram.percentile(0.99))
        }
        return round
    }
}
