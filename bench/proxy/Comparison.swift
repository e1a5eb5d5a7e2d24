import Measure
import Platform

/// The same single changes in a large cluster and in a small one, by turns.
struct Comparison {
    private let large: Cluster
    private let small: Cluster

    init(_ large: Cluster, _ small: Cluster) {
        self.large = large
        self.small = small
    }

    func measure(_ times: Int) throws {
        let clusters = [large, small]
        let running = try clusters.map { cluster in
            let running = try Running(cluster)
            _ = try running.start(in: try NetworkNamespace.anonymous())
            return running
        }
        // Spare rotations are made when nothing has changed for a while.
        sleep(for: .seconds(1))
        var changes = [SingleChanges(), SingleChanges()]
        let parts = 10
        for _ in 0..<parts {
            for index in running.indices {
                try changes[index].measure(running[index], times: max(1, times / parts))
            }
        }
        for (many, few) in zip(changes[0].all, changes[1].all) {
            print("\(large.services) services: \(many)")
            print("\(small.services) services: \(few)")
            print("    median \(many.ratio(to: few).rounded(toDecimals: 2)) of the small cluster's")
        }
        for running in running { running.stop() }
    }
}
