import Network
import Platform
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    @Suite struct `Load through a router` {
        private static let workloads: [Workload] = [
            .connect, .firstByte(), .request, .datagram(), .bulk, .packets,
        ]

        private func measure(
            _ workload: Workload, _ family: IPFamily, flows: Int, pace: Double? = nil,
            _ check: (Round, ServerCounts) -> Void
        ) throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let server = try lab.serve()
                var subject = LoadSubject(
                    .load(workload.name), workload, from: try lab.makeClient(),
                    to: [try lab.address(server, family)], servers: [server],
                    for: .milliseconds(200), flows: flows, pace: pace, patience: .seconds(10))
                let round = try subject.measure()
                check(round, server.counts)
            }
        }

        @Test(arguments: workloads, IPFamily.allCases)
        func `every workload comes to an end, one by one and many at once`(
            workload: Workload, family: IPFamily
        ) throws {
            for flows in [1, 7] {
                try measure(workload, family, flows: flows) { round, counts in
                    for value in round.values where value.quantity != .lost {
                        #expect(value.value > 0, "\(value.quantity.name)")
                    }
                    #expect(round[.lost] ?? 0 == 0)
                    #expect(round.histogram.count > 0 || [.bulk, .packets].contains(workload))
                    #expect(counts.accepted + counts.datagrams > 0)
                }
            }
        }

        @Test(arguments: [Workload.connect, .firstByte(), .request, .datagram()], [1, 4])
        func `a pace is kept`(workload: Workload, flows: Int) throws {
            try measure(workload, .v4, flows: flows, pace: 100) { round, _ in
                #expect(round.histogram.count == 20)
                #expect(round[.processor] == nil)
            }
        }

        @Test func `a connection is counted once at each end`() throws {
            try measure(.connect, .v4, flows: 1) { round, counts in
                #expect(round.histogram.count == UInt64(counts.accepted))
                #expect(counts.bytes == 0)
            }
        }

        @Test func `a server tells when it had the connection`() throws {
            try measure(.firstByte(), .v6, flows: 1) { round, _ in
                #expect(round[.accept] ?? 0 > 0)
                #expect(round[.accept] ?? .infinity < round[.p50] ?? 0)
            }
        }

        @Test func `nobody there is an error that says who`() throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let target = AddressAndPort(try IPAddress(validating: "10.2.0.2"), 9)
                var subject = LoadSubject(
                    .load("connect"), .connect, from: try lab.makeClient(), to: [target],
                    for: .milliseconds(20))
                let error = #expect(throws: BenchError.self) { try subject.measure() }
                #expect(error?.code == .traffic)
                #expect(error?.description.contains("10.2.0.2:9") == true)
                #expect(error?.description.contains("refused") == true)
            }
        }
    }
}
