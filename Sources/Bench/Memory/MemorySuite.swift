import Kubernetes
package import Network
import Platform

/// `weft bench memory`: what programs hold and use that keep up with clusters, at rest.
package struct MemorySuite: Suite {
    package var settings: Settings

    package struct Settings: Sendable {
        /// How many services there are, one size after the other.
        package var services = [1, 100, 1_000, 10_000]
        package var endpoints = 10
        package var nodes = 100
        package var families: [IPFamily] = [.v4]
        package var rounds = 3
        /// How long each is watched at rest.
        package var idle = Duration.seconds(10)
        /// The program whose `proxy`, `dns` and `agent` are measured; this one.
        package var weft = "/proc/self/exe"
        package var peers = PeerPaths()
        /// What is measured, of `proxy`, `dns`, `agent`.
        package var workloads = MemorySuite.workloads

        package init() {}
    }

    package static let workloads = ["proxy", "dns", "agent"]
    /// Peers that can be given.
    package static let peers = ["kube-proxy", "coredns"]

    package init(_ settings: Settings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        let programs = MeasuredProgram.all(weft: try program, settings.peers)
            .filter { settings.workloads.contains($0.workload) }
        for peer in Self.peers where settings.peers[peer] == nil {
            try observer.tell(.note("\(peer) is not among these: none was given"))
        }
        var failures: [BenchError] = []
        for services in settings.services {
            failures += try measure(services, programs, observer)
        }
        // All of them are Weft's own, or were asked for.
        if let first = failures.first { throw first }
    }

    /// The file itself: a child is to be what it is under any name.
    private var program: String {
        get throws {
            guard settings.weft == "/proc/self/exe" else { return settings.weft }
            return try BenchError.of(.program, "find this program") { try Program.currentFile }
        }
    }

    /// What failed is told, and returned when all else is measured.
    private func measure(
        _ services: Int, _ programs: [MeasuredProgram], _ observer: Observer
    ) throws -> [BenchError] {
        try observer.tell(.step("making a cluster of \(services) services"))
        let cluster = PlainCluster(
            services: services, endpoints: settings.endpoints, families: settings.families,
            nodes: settings.nodes)
        let objects = try APIObjects(ServedObjects(cluster))
        let circumstances: [Identity.Circumstance] = [
            .init("services", "\(services)"), .init("endpoints", "\(settings.endpoints)"),
            .init("family", settings.families.words),
        ]
        // All who do the same take turns.
        return try settings.workloads.flatMap { workload in
            let attempts = programs.filter { $0.workload == workload }
                .map { Attempt(MemorySubject($0, objects, idle: settings.idle, circumstances)) }
            return try measure(attempts, observer)
        }
    }

    private func measure(
        _ attempts: [Attempt], _ observer: Observer
    ) throws -> [BenchError] {
        var turns = Interleaving(attempts, rounds: settings.rounds, warmsUp: false)
        let all = try turns.run(observer)
        let measured = zip(attempts, all).filter { $0.0.failure == nil }.map(\.1)
        if !measured.isEmpty { try observer.tell(.measured(measured, Self.ratios(measured))) }
        return try attempts.compactMap { attempt in
            guard let failure = attempt.failure else { return nil }
            try observer.tell(.note("\(attempt.identity) was not measured: \(failure)"))
            return failure
        }
    }

    /// How many times Weft's each of the others' figures is.
    private static func ratios(_ measured: [Measurement]) -> [Ratio] {
        guard let weft = measured.first(where: { $0.identity["program"] == "weft" }) else {
            return []
        }
        return measured.filter { $0.identity != weft.identity }
            .flatMap { weft.ratios(to: $0) }
    }
}
