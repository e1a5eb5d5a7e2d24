import CAllocations
import Network
import Platform
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    @Suite struct `Processor time` {
        /// Rules that a packet must pass and that none matches.
        private static func rules(port: Port, count: Int) -> String {
            let rules = (0..<count).map { "udp sport \($0 + 1) drop" }.joined(separator: "\n")
            return """
                table inet t {
                    chain many {
                        \(rules)
                    }
                    chain c {
                        type filter hook forward priority 0;
                        udp dport \(port) jump many
                    }
                }
                """
        }

        /// The router works within the client's call: what it needs longer, the client waits longer.
        @Test func `of a router between is found, as large as the time that it takes`() throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let client = try lab.makeClient()
                let servers = try ["plain", "ruled"].map { try lab.serve($0) }
                try lab.router.nft(Self.rules(port: servers[1].address.port, count: 1000))
                let subjects = try servers.map { server in
                    LoadSubject(
                        .load("datagram", server.name), .datagram(), from: client,
                        to: [try lab.address(server, .v4)], servers: [server],
                        for: .milliseconds(50), patience: .seconds(10))
                }
                var rounds = Interleaving(subjects, rounds: 9)
                let measurements = try rounds.run(Observer { _ in })
                let latency = measurements[1].difference(from: measurements[0], .p50)
                let processor = measurements[1].difference(from: measurements[0], .processor)
                #expect(latency > 2000)
                // Under a sanitizer the client's own work is so much more that this is lost in it.
                if weft_allocations() < 0 { return }
                #expect((0.6...1.7).contains(processor / latency), "\(processor) of \(latency)")
            }
        }

        @Test func `of soft interrupts is where it is looked for`() throws {
            // A kernel that keeps it apart has a file that says how much waits for it (CONFIG_PSI).
            let pressure = try? File.read("/proc/pressure/irq")
            let found = try InterruptTime.probe()
            if pressure != nil { #expect(found == .apart) }
        }

        @Test func `of the kernel's threads is read`() throws {
            let before = KernelThreads().processorTime
            #expect(before >= .zero)
            #expect(try SoftInterrupts.processorTime >= .zero)
        }
    }
}
