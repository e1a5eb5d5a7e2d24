import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite struct `What reaching a service costs` {
    private static let programs: [PathProgram] = [.none, .weft, .kubeProxyNFTables]

    private static let section = PathSection {
        $0.programs = programs
        $0.services = [1, 3]
        $0.endpoints = 2
        $0.families = [.v4, .v6]
        $0.kinds = [.direct, .clusterIP, .nodePort]
        $0.workloads = [.connect, .request, .datagram(), .bulk]
    }

    @Test(.requiresRoot) func `each workload is measured by every way, and nothing is lost`() throws
    {
        let results = try run(Self.section)
        let connects = results.measurements.map(\.identity).filter { $0.workload == "connect" }
        // Two programs and two sizes, each of a service, a node port, and the ways without them from
        // a pod and from outside; and these two where there are no services.
        #expect(connects.count == 2 * (2 * 2 * 4 + 2))
        #expect(Set(connects).count == connects.count)
        #expect(results.measurements.count == 4 * connects.count)
        for measurement in results.measurements {
            let identity = measurement.identity
            if identity.workload == "bulk" {
                #expect(measurement["throughput"]?.value ?? 0 > 1e6, "\(identity)")
            } else {
                #expect(measurement["rate"]?.value ?? 0 > 10, "\(identity)")
                #expect(measurement["lost"]?.value == 0, "\(identity)")
                #expect(measurement["p50"]?.value ?? 0 > 1000, "\(identity)")
            }
            #expect(measurement.figures.allSatisfy { $0.estimate.rounds.count == 2 })
        }
    }

    @Test(.requiresRoot)
    func `services are compared with the direct way, peers and fewer services`()
        throws
    {
        var section = Self.section
        section.families = [.v4]
        section.workloads = [.connect]
        let ratios = try run(section).ratios.filter { $0.quantity == .p50 }
        let weft = ratios.filter {
            $0.subject["service"] == "cluster-ip" && $0.subject["program"] == "weft"
                && $0.subject["services"] == "3"
        }
        let baselines = weft.map(\.baseline).map {
            [$0["service"], $0["program"], $0["services"]].compactMap(\.self).joined(separator: " ")
        }
        #expect(
            Set(baselines) == [
                "direct weft 3", "cluster-ip kube-proxy-nft 3", "cluster-ip weft 1",
            ])
        let tracked = ratios.filter { $0.baseline["program"] == "none" }
        #expect(tracked.count == 8, "two programs, two sizes, from a pod and from outside")
        let outside = ratios.filter { $0.subject["service"] == "node-port" }
        #expect(outside.allSatisfy { $0.baseline["client"] == "outside" })
        #expect(ratios.allSatisfy { $0.estimate.rounds.count == 2 && $0.estimate.value > 0 })
    }

    @Test(.requiresRoot) func `a program that is missing is noted, and the others are measured`()
        throws
    {
        var section = Self.section
        section.programs = [.weft, .kubeProxyLegacy, .kubeProxyIPTables]
        section.services = [1]
        section.families = [.v4]
        section.workloads = [.connect]
        let results = try run(section)
        let measured = Set(results.measurements.compactMap { $0.identity["program"] })
        #expect(measured.contains("weft"))
        #expect(results.notes.count + measured.count == 3)
    }

    @Test(.requiresRoot, .serialized, arguments: [Place.across, .vxlan])
    func `servers on another node are measured too`(place: Place) throws {
        var section = Self.section
        section.places = [place]
        section.services = [1]
        section.kinds = ServiceKind.allCases
        section.workloads = [.connect, .datagram()]
        let results = try run(section)
        #expect(!results.measurements.isEmpty)
        #expect(results.measurements.allSatisfy { $0["lost"]?.value == 0 })
    }

    @Test(.requiresRoot) func `nothing stays when a stand is not needed any more`() throws {
        weak var host: Topology.Host?
        do {
            let lab = try PathLab(.sameNode, endpoints: 2)
            host = lab.servers[0]
            #expect(host != nil)
        }
        #expect(host == nil)
        #expect(!Self.isNamed("server-0") && !Self.isNamed("node-1"))
    }

    private static func isNamed(_ name: String) -> Bool {
        (try? File.status("\(NetworkNamespace.directory)/\(name)")) ?? nil != nil
    }

    private func run(_ section: PathSection) throws -> Results {
        var settings = PathSettings()
        settings.sections = [section]
        settings.rounds = 2
        settings.duration = .milliseconds(30)
        return try results(of: PathSuite(settings))
    }
}
