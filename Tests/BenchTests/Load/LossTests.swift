import Network
import Platform
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    @Suite struct `A planted loss of one in a hundred` {
        private static let everyHundredth = "numgen inc mod 100 == 0 drop"
        private static let byChance = "numgen random mod 100 == 0 drop"

        private func measure(
            _ workload: Workload, _ rule: String, flows: Int, pace: Double?,
            for duration: Duration = .seconds(1), family: IPFamily = .v4
        ) throws -> (lost: Double, begun: Int, round: Round) {
            var found: (Double, Int, Round) = (0, 0, Round())
            try withLab { lab in
                let lab = try LoadLab(lab)
                let server = try lab.serve()
                try lab.router.nft(
                    "table inet t { chain c { type filter hook forward priority 0; \(rule); }; }")
                let subject = LoadSubject(
                    .load(workload.name), workload, from: try lab.makeClient(),
                    to: [try lab.address(server, family)], servers: [server], for: duration,
                    flows: flows, pace: pace)
                for server in [server] {
                    try server.prepare(for: workload, on: subject.client.placement.servers)
                }
                let load = try subject.client.run { () throws(BenchError) in try subject.generate()
                }
                found = (load.round[.lost] ?? 0, load.tally.begun, load.round)
            }
            return found
        }

        @Test(arguments: IPFamily.allCases)
        func `is found for packets, to the packet`(family: IPFamily) throws {
            let (lost, begun, _) = try measure(
                .packets, "meta l4proto udp \(Self.everyHundredth)", flows: 3, pace: 10_000,
                family: family)
            let count = lost * Double(begun)
            #expect(begun > 1000)
            #expect(abs(count - Double(begun) / 100) <= 1)
        }

        @Test(arguments: [1, 16])
        func `is found for datagrams, within what chance allows`(flows: Int) throws {
            let (lost, begun, round) = try measure(
                .datagram(), "udp dport 1-65535 ip daddr 10.2.0.2 \(Self.byChance)", flows: flows,
                pace: nil)
            #expect(begun > 500)
            #expect(Self.isLikely(lost, begun))
            #expect(round.histogram.count == UInt64(((1 - lost) * Double(begun)).rounded()))
        }

        /// Whether so many of 1 % are within five standard deviations of what is expected.
        private static func isLikely(_ lost: Double, _ begun: Int) -> Bool {
            let expected = Double(begun) / 100
            let deviation = (expected * 0.99).squareRoot()
            return abs(lost * Double(begun) - expected) <= 5 * deviation + 1
        }

        /// The kernel sends a SYN again after a second: the connection is late, and nothing is wrong.
        @Test func `is found for connections, which become late by a second`() throws {
            let (lost, begun, round) = try measure(
                .connect, "tcp flags & (syn | ack) == syn \(Self.everyHundredth)", flows: 40,
                pace: 800, for: .seconds(2))
            #expect(begun == 1600)
            // The 16 that are sent again are counted by the rule too.
            #expect(abs(lost * 1600 - 16) <= 1)
            let late = round.histogram.buckets.filter { $0.bucket.lowest >= 900_000_000 }
            #expect((1...17).contains(late.reduce(0) { $0 + $1.count }))
            #expect(round[.p50] ?? .infinity < 900_000_000)
        }
    }
}
