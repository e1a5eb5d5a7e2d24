import APIServerSupport
import FuzzSupport
import Platform
import TestSupport
import Testing

@testable import Kubernetes

@Suite("A source of objects over HTTPS, among faults", .serialized)
struct ServedFaultTests {
    /// So many faults for each seed; the long run takes its number from the environment.
    private static let faults = Int(Environment.value(of: "WEFT_FAULTS") ?? "") ?? 60

    @Test(
        "the store always comes to the server's state, and never goes back in time",
        arguments: [1 as UInt64, 2])
    func convergence(seed: UInt64) throws {
        try withTemporaryDirectory { directory in
            let cluster = try ServedCluster(in: directory, rate: 1000)
            var trouble = Trouble(seed, cluster)
            while cluster.server.counts.faults < Self.faults {
                try trouble.happen()
                let isRight = cluster.becomesRight()
                try #require(
                    isRight, "after \(cluster.server.counts.faults) faults, seed \(seed)")
                trouble.witness.look()
            }
            #expect(trouble.witness.mistakes == [])
            #expect(trouble.witness.names == Set(cluster.api.objects.keys))
        }
    }
}

/// What happens to a cluster and its server.
private struct Trouble {
    private var random: SeededGenerator
    private let cluster: ServedCluster
    private let seed: UInt64
    private var round: UInt64 = 0
    var witness: Witness

    init(_ seed: UInt64, _ cluster: ServedCluster) {
        self.seed = seed
        self.cluster = cluster
        random = SeededGenerator(seed: seed)
        witness = Witness(cluster.source.store)
    }

    /// A while in which objects change and answers go wrong; then nothing goes wrong any more.
    mutating func happen() throws {
        round += 1
        let plan = FaultPlan.random(seed: seed &* 1000 &+ round, perThousand: 600)
        cluster.server.change { $0.faults = plan }
        if random.below(8) == 0 { try cluster.rotateToken() }
        if random.below(16) == 0 { try cluster.renewCertificate(.past) }
        for _ in 0..<(10 + random.below(20)) {
            change()
            if random.below(10) == 0 { cluster.server.closeConnections() }
            if random.below(10) == 0 { cluster.api.change { $0.compact(keeping: 2) } }
            sleep(for: .milliseconds(random.below(8)))
            witness.look()
        }
        try cluster.renewCertificate(.now)
        cluster.server.change { $0.faults = .none }
    }

    private mutating func change() {
        let name = "s\(random.below(10))"
        let content = random.below(3) == 0 ? nil : "\(random.below(4))"
        cluster.api.change { model in
            if let content { model.put(name, content) } else { model.delete(name) }
        }
    }
}
