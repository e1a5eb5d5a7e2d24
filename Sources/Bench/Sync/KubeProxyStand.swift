import Kubernetes
import Network
import Platform
import Topology

/// A node where the real kube-proxy is at work, with services that change at its server.
final class KubeProxyStand: ChangingNode {
    let program: PathProgram
    let services: ServiceSet
    let family: IPFamily
    let lab: PathLab
    private let objects: APIObjects
    private let proxy: ServedKubeProxy
    private let responders: Responders

    /// Nil for a program that is not the real kube-proxy.
    init?(
        _ program: PathProgram, _ peers: PeerPaths, _ services: ServiceSet, _ family: IPFamily
    ) throws {
        guard let mode = program.mode else { return nil }
        self.program = program
        self.services = services
        self.family = family
        lab = try PathLab(.sameNode, endpoints: SyncStand.servers)
        objects = try APIObjects(services)
        proxy = try ServedKubeProxy(
            program.path(peers), .init(mode, services, node: 1), objects, on: lab.nodes[0])
        responders = try Responders(on: lab.servers, port: Port(ServiceEntry.endpointPort))
        // It writes once more, for what came while it began.
        sleep(for: .seconds(2))
    }

    func rest() throws { try proxy.rest() }

    private func slice(_ endpoints: [Int], of number: Int) throws -> EndpointSlice {
        let pool = SharingPool()
        let slice = try services.entry(number, endpoints: endpoints).slice(family, pool)
        return slice
    }

    func prepare(_ endpoints: [Int]) throws -> () -> Void {
        let slice = try slice(endpoints, of: services.measured)
        let objects = objects
        // One that is not taken is one that nobody answers for.
        return { _ = try? objects.put(slice) }
    }

    /// Gives a service other endpoints, and tells how long it takes from the event until the kernel
    /// has its rules.
    func time(_ endpoints: [Int], of number: Int) throws -> Duration {
        let slice = try slice(endpoints, of: number)
        try rest()
        var watch = try RuleWatch(in: lab.nodes[0].namespace)
        let begin = try objects.put(slice)
        guard let end = try watch.next(until: begin + Self.patience) else {
            throw BenchError(
                .program, "change a service with \(program.rawValue)",
                "no rules of it within \(Self.patience.components.seconds) s")
        }
        return end - begin
    }

    private static let patience = Duration.seconds(120)
}

/// A swapped endpoint of one service, from the event until kube-proxy's rules are in the kernel.
struct KubeProxyChange: Subject {
    let identity: Identity
    private let stand: KubeProxyStand
    private let count: Int
    private var turn = 0

    init(on stand: KubeProxyStand, count: Int) {
        self.stand = stand
        self.count = count
        identity =
            SyncIdentity(
                workload: SingleChange.Kind.endpointSwapped.rawValue, program: stand.program,
                services: stand.services.count, endpoints: stand.services.endpoints,
                family: stand.family
            ).identity
    }

    mutating func measure() throws -> Round {
        var round = Round()
        for _ in 0..<count {
            let number = turn / 2 * 7919 % stand.services.count
            // There and back: both swap one endpoint.
            let last = stand.services.endpoints - (turn.isMultiple(of: 2) ? 0 : 1)
            let endpoints = Array(0..<stand.services.endpoints - 1) + [last]
            turn += 1
            let duration = try stand.time(endpoints, of: number)
            round.histogram.record(UInt64(max(0, duration.nanoseconds)))
        }
        round.setPercentiles()
        return round
    }
}
