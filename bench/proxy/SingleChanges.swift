import Kubernetes
import Measure
import Platform

/// Changes of one service at a time, from the event in the store to the kernel's commit.
struct SingleChanges {
    private var swapped = Samples(of: "an endpoint swapped")
    private var added = Samples(of: "an endpoint added")
    private var removed = Samples(of: "an endpoint removed")
    private var created = Samples(of: "a service added")
    private var deleted = Samples(of: "a service deleted")

    private var turn = 0

    mutating func measure(_ running: Running, times: Int) throws {
        let cluster = running.cluster
        let all = Array(0..<cluster.endpoints)
        for _ in 0..<times {
            turn += 1
            let number = turn * 7919 % cluster.services
            swapped.add(try running.set(number, Array(all.dropLast()) + [all.count]))
            added.add(try running.set(number, Array(all.dropLast()) + [all.count, all.count + 1]))
            removed.add(try running.set(number, Array(all.dropLast()) + [all.count]))
            _ = try running.set(number, all)
            let extra = cluster.services + turn % 50
            created.add(
                try running.change { writer in
                    writer.put(cluster.service(extra))
                    writer.put(try cluster.slice(extra, all))
                })
            deleted.add(
                try running.change { writer in
                    writer.delete(Service.self, cluster.service(extra).key)
                    writer.delete(EndpointSlice.self, try cluster.slice(extra, []).key)
                })
        }
    }

    var all: [Samples] { [swapped, added, removed, created, deleted] }
}

extension Running {
    fileprivate func set(_ number: Int, _ endpoints: [Int]) throws -> Duration {
        // Changes do not follow each other as fast as one is applied.
        sleep(for: .milliseconds(2))
        let slice = try cluster.slice(number, endpoints)
        return change { $0.put(slice) }
    }
}
