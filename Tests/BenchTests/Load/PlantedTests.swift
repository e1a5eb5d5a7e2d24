import CAllocations
import Network
import Platform
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    /// What is planted must be found, and be found as large as it is.
    ///
    /// Other tests run beside these: what is compared are medians of rounds that follow each other, and
    /// of a planted 50 µs 0.8 to 1.6 times as much may be found, of processor time half as much, for
    /// then a server finds more to do each time it wakes. Under a sanitizer, where everything takes
    /// ten times as long, the delay is longer.
    @Suite struct `A planted delay` {
        private static let planted: Duration =
            weft_allocations() < 0 ? .milliseconds(5) : .microseconds(50)

        private static func range(_ quantity: Quantity) -> ClosedRange<Double> {
            let planted = planted / .nanoseconds(1)
            return (quantity == .processor ? 0.5 : 0.8) * planted...1.6 * planted
        }

        @Test(arguments: [Workload.firstByte(), .request, .datagram()], IPFamily.allCases)
        func `shows in latency and in processor time`(workload: Workload, family: IPFamily) throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let client = try lab.makeClient()
                let subjects = try [Duration.zero, Self.planted].map { delay in
                    let server = try lab.serve("\(delay)", delay: delay)
                    return LoadSubject(
                        .load(workload.name, "\(delay)"), workload, from: client,
                        to: [try lab.address(server, family)], servers: [server],
                        for: .milliseconds(50), patience: .seconds(10))
                }
                var rounds = Interleaving(subjects, rounds: 9)
                let measurements = try rounds.run(Observer { _ in })
                for quantity in [Quantity.p50, .processor] {
                    let difference = measurements[1].difference(from: measurements[0], quantity)
                    #expect(
                        Self.range(quantity).contains(difference), "\(quantity.name) \(difference)")
                }
            }
        }

        /// A request waits for the one before it, and counts from when it was to begin.
        @Test func `that happens once is felt by all who would have come meanwhile`() throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let server = try lab.serve()
                var subject = LoadSubject(
                    .load("request"), .request, from: try lab.makeClient(),
                    to: [try lab.address(server, .v4)], servers: [server],
                    for: .seconds(1), pace: 500, patience: .seconds(10))
                let planting = try Thread {
                    sleep(for: .milliseconds(400))
                    server.stall(for: .milliseconds(100))
                }
                let round = try subject.measure()
                planting.join()
                #expect(round.histogram.count == 500)
                #expect(round.histogram.maximum >= 97_000_000)
                // Of 50 that come in these 100 ms, 25 wait for more than half of them.
                let late = round.histogram.buckets.filter { $0.bucket.lowest >= 50_000_000 }
                #expect(late.reduce(0) { $0 + $1.count } >= 23)
            }
        }
    }
}
