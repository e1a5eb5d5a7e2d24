import FuzzSupport
import Platform
import Testing

@testable import Kubernetes

@Suite("Lists and watches among faults")
struct FaultTests {
    @Test(
        "the store always comes to the server's state, and never goes back in time",
        arguments: [1 as UInt64, 2, 3, 4], [true, false])
    func convergence(seed: UInt64, hasStreams: Bool) throws {
        var options = ListWatchOptions()
        options.pageSize = 3
        var model = WatchedModel(seed: seed, options)
        model.hasStreams = hasStreams
        var witness = Witness(model.writer.store)
        var faults = 0
        while faults < 2500 {
            for _ in 0..<model.random.below(3) { model.change() }
            if model.random.below(4) == 0 {
                model.suffer(ModelFault.allCases[model.random.below(ModelFault.allCases.count)])
                faults += 1
            } else {
                _ = model.proceed()
            }
            model.now = model.now + .milliseconds(model.random.below(3000))
            if model.random.below(5) == 0 { witness.look() }
            if faults % 50 == 49 {
                let isRight = model.settle(within: .seconds(1200))
                try #require(isRight, "after \(faults) faults")
                witness.look()
                faults += 1
            }
        }
        witness.look()
        #expect(witness.mistakes == [])
        #expect(witness.names == Set(model.server.objects.keys))
        #expect(busiestMinute(model.requests.map(\.time)) <= 60)
    }
}

extension WatchedModel {
    /// Creates, changes or deletes one of a few objects.
    fileprivate mutating func change() {
        let name = "s\(random.below(10))"
        if random.below(3) == 0 {
            server.delete(name)
        } else {
            server.put(name, "\(random.below(4))")
        }
    }
}

/// How many of the times are within a minute, at most.
func busiestMinute(_ times: [MonotonicTime]) -> Int {
    var (first, most) = (0, 0)
    for (index, time) in times.enumerated() {
        while time - times[first] >= .seconds(60) { first += 1 }
        most = max(most, index - first + 1)
    }
    return most
}
