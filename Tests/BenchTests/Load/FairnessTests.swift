import Network
import Platform
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    @Suite struct `Fairness` {
        /// Measures connections to a service of three servers, behind a rule that chooses among them.
        private func unfairness(_ choice: String, _ workload: Workload) throws -> (Double, Int) {
            var found = (0.0, 0)
            try withLab { lab in
                let lab = try LoadLab(lab)
                let servers = try (1...3).map { try lab.serve("\($0)") }
                let ports = servers.enumerated().map { "\($0) : \($1.address.port)" }
                try lab.router.nft(
                    """
                    table ip t { chain c {
                        type nat hook prerouting priority -100
                        ip daddr 10.96.0.1 tcp dport 80 dnat to 10.2.0.2 : \(choice) map { \
                    \(ports.joined(separator: ", ")) }
                    }; }
                    """)
                var subject = LoadSubject(
                    .load(workload.name), workload, from: try lab.makeClient(),
                    to: [AddressAndPort(try IPAddress(validating: "10.96.0.1"), 80)],
                    servers: servers, for: .milliseconds(100), patience: .seconds(10))
                let round = try subject.measure()
                found = (round[.unfairness] ?? -1, servers.reduce(0) { $0 + $1.counts.accepted })
            }
            return found
        }

        @Test(arguments: [Workload.connect, .firstByte()])
        func `in turn is off by one at most`(workload: Workload) throws {
            let (unfairness, _) = try unfairness("numgen inc mod 3", workload)
            #expect((0...1).contains(unfairness))
        }

        @Test func `is none where one server has them all`() throws {
            let (unfairness, all) = try unfairness("numgen inc mod 1", .connect)
            #expect(abs(unfairness - Double(all) * 2 / 3) < 0.01)
        }
    }
}
