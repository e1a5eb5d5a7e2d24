import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import Agent

@Suite("The doctor", .requiresRoot) struct DoctorTests {
    private func withNode(_ body: (DoctorLab) throws -> Void) throws {
        try withLab { lab in
            try withTemporaryDirectory { try body(DoctorLab(lab, in: $0)) }
        }
    }

    @Test func `finds nothing on a node where all is well`() throws {
        try withNode { lab in
            let report = DoctorReport(try lab.facts())
            #expect(report.text == "\(Check.all.count) checks, 0 errors, 0 warnings\n")
        }
    }

    @Test("finds a fault that was planted, and says what to do", arguments: PlantedFault.all)
    func fault(_ fault: PlantedFault) throws {
        try withNode { lab in
            try fault.plant(lab)
            let report = DoctorReport(try lab.facts())
            let result = try #require(report.results.first { $0.check.name == fault.check })
            #expect(
                result.findings.contains { $0.remedy.contains(fault.remedy) }, "\(report.text)")
            #expect(report.errors + report.warnings > 0)
            #expect(report.text.contains(fault.remedy))
        }
    }

    /// What all namespaces of a machine share, or what nobody can plant: by what is known of it.
    static let judgements: [(String, String, @Sendable (inout MachineFacts) -> Void)] = [
        ("clock", "timedatectl set-ntp", { $0.time = WallTime(nanoseconds: 86_400_000_000_000) }),
        ("clock", "run chrony", { $0.isClockSynchronized = false }),
        (
            "conntrack", "sysctl -w net.netfilter.nf_conntrack_max=2000",
            {
                $0.settings[SettingNames.connectionLimit] = "1000"
                $0.settings[SettingNames.connections] = "900"
            }
        ),
        (
            "kernel", "modprobe x",
            { $0.missingFeatures = [MissingFeature(text: "no x", remedy: "modprobe x")] }
        ),
        ("sight", "as root", { $0.blind = ["nftables: not permitted"] }),
        ("networks", "use iptables-nft", { $0.legacyTables = ["ip filter"] }),
    ]

    @Test("judges what cannot be planted", arguments: judgements)
    func unplanted(
        _ check: String, _ remedy: String, _ plant: @Sendable (inout MachineFacts) -> Void
    ) throws {
        try withNode { lab in
            var facts = try lab.facts()
            plant(&facts)
            let report = DoctorReport(facts)
            let findings = report.results.filter { !$0.findings.isEmpty }
            #expect(findings.map(\.check.name) == [check])
            #expect(findings.flatMap(\.findings).contains { $0.remedy.contains(remedy) })
        }
    }

    @Test func `says the same to programs`() throws {
        let facts = MachineFacts()
        let report = DoctorReport(facts)
        #expect(report.errors > 0)
        let document = try #require(report.json.object)
        #expect(document["errors"]?.integer == report.errors)
        #expect(document["checks"]?.array?.count == Check.all.count)
        #expect(Set(Check.all.map(\.name)).count == Check.all.count)
    }

    @Test func `reads who waits at a port`() throws {
        let text = """
              sl  local_address rem_address   st tx_queue rx_queue
               0: 00000000:0035 00000000:0000 07 00000000:00000000
               1: 3500007F:0035 00000000:0000 07 00000000:00000000
               2: 00000000:0036 00000000:0000 07 00000000:00000000
               3: 0100007F:0035 0200007F:1234 01 00000000:00000000
               4: 00000000000000000000000001000000:0035 0000:0000 0A 00000000:00000000
            """
        let found = SocketTable.addresses(in: text, port: 53).map(\.description)
        #expect(found == ["0.0.0.0:53", "127.0.0.53:53", "[::1]:53"])
    }
}
