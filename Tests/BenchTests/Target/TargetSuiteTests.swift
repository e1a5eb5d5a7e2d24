import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Bench

extension `Load on a network` {
    @Suite struct `A real service` {
        /// What the suite tells in the client's place.
        private func run(
            _ lab: LoadLab, _ settings: TargetSettings, hosts: String = ""
        ) throws -> (measured: [[Measurement]], ratios: [Ratio], notes: [String]) {
            var settings = settings
            settings.rounds = 3
            settings.duration = .milliseconds(50)
            var suite = TargetSuite(
                settings, HostNames(hosts: Array(hosts.utf8), resolver: []))
            var found: (measured: [[Measurement]], ratios: [Ratio], notes: [String]) = ([], [], [])
            let observer = Observer { event in
                switch event {
                case .measured(let measurements, let ratios):
                    found.measured.append(measurements)
                    found.ratios += ratios
                case .note(let text): found.notes.append(text)
                case .round, .step: break
                }
            }
            try lab.client.run { try suite.run(observer) }
            return found
        }

        @Test(arguments: [("10.2.0.2:80", "10.2.0.2:81"), ("[fd02::2]:80", "[fd02::2]:81")])
        func `is measured beside its endpoint`(target: String, direct: String) throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let servers = try [Port(80), 81].map { try lab.server.serve(.tcp, $0) }
                var settings = TargetSettings(try #require(TargetPlace(target)))
                settings.direct = TargetPlace(direct)
                settings.path = "/"
                let (measured, ratios, _) = try run(lab, settings)
                #expect(
                    measured.map { $0.map(\.identity.workload) } == [
                        ["connect", "connect"], ["first-byte", "first-byte"],
                    ])
                for pair in measured {
                    #expect(pair.map { $0.identity["service"] } == ["direct", "target"])
                    #expect(pair.map { $0.identity["target"] } == [direct, target])
                    #expect(pair.allSatisfy { $0["p50"]?.rounds.count == 3 })
                    #expect(pair.allSatisfy { $0["rate"]?.value ?? 0 > 0 })
                }
                #expect(Set(ratios.map(\.quantity.name)).isSuperset(of: ["p50", "p99", "rate"]))
                withExtendedLifetime(servers) {}
            }
        }

        @Test(arguments: [1, 5])
        func `that answers datagrams is measured, whatever it answers`(connections: Int) throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let server = try lab.server.serve(.udp, 80)
                var settings = TargetSettings(try #require(TargetPlace("web:80")))
                settings.usesUDP = true
                settings.connections = connections
                let (measured, _, notes) = try run(lab, settings, hosts: "10.2.0.2 web")
                #expect(measured.map { $0.map(\.identity.workload) } == [["datagram"]])
                #expect(measured[0][0]["lost"]?.value == 0)
                #expect(measured[0][0].histogram.count > 0)
                #expect(notes == ["web is 10.2.0.2"])
                withExtendedLifetime(server) {}
            }
        }

        @Test func `is compared within one family`() throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let server = try lab.server.serve(.tcp, 80)
                var settings = TargetSettings(try #require(TargetPlace("web:80")))
                settings.direct = TargetPlace("[fd02::2]:80")
                let hosts = "10.2.0.2 web\nfd02::2 web"
                let (measured, _, _) = try run(lab, settings, hosts: hosts)
                #expect(measured[0].allSatisfy { $0.identity["family"] == "v6" })
                let error = #expect(throws: BenchError.self) {
                    try run(lab, settings, hosts: "10.2.0.2 web")
                }
                #expect(error?.description.contains("IPv4") == true)
                withExtendedLifetime(server) {}
            }
        }

        @Test func `that does not answer is an error that says so`() throws {
            try withLab { lab in
                let lab = try LoadLab(lab)
                let settings = TargetSettings(try #require(TargetPlace("10.2.0.2:9")))
                let error = #expect(throws: BenchError.self) { try run(lab, settings) }
                #expect(error?.description.contains("refused") == true)
            }
        }
    }
}
