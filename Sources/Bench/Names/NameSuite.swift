import Network
import Topology

/// Measures `weft dns` beside other servers of the same names.
package struct NameSuite: Suite {
    private let settings: NameSettings

    package init(_ settings: NameSettings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        let scratch = try ScratchDirectory()
        let programs = try NamePrograms(settings, observer)
        try observer.tell(.step("writing the names of \(settings.services) services"))
        let names = try ServedNames(
            MixedCluster(services: settings.services, endpoints: settings.endpoints))
        let zones = try ZoneFiles(names, in: "\(scratch.path)/zones")
        let host = try Self.host()
        let placement = try Placement.standard
        let sources = try ClusterSources(names, zones, on: host, placement)
        var bench = NameBench(settings, names, placement, in: scratch.path)
        let phases = NamePhases(settings, programs, sources)
        for part in NameSettings.Part.allCases where settings.parts.contains(part) {
            switch part {
            case .cluster: try bench.measure(phases.cluster, on: host, observer)
            case .cache: try measureCaches(phases, in: scratch.path, &bench, observer)
            case .churn: try bench.measure(phases.churn, on: host, observer)
            }
        }
    }

    /// Nothing but a loopback: no port is taken there, no packet filter costs anything.
    private static func host() throws(BenchError) -> Host {
        try BenchError.of(.privilege, "make a network for servers") { try Host("names") }
    }

    private func measureCaches(
        _ phases: NamePhases, in directory: String, _ bench: inout NameBench,
        _ observer: Observer
    ) throws {
        let host = try Self.host()
        let zone = try ZoneFiles(
            OutsideZone.name, OutsideZone.records, timeToLive: OutsideZone.timeToLive,
            in: "\(directory)/outside")
        let upstream = try RunningServer(
            WeftNames(path: settings.weft), for: .upstream(zone), at: bench.site("upstream", 0),
            on: host, until: OutsideZone.question(0))
        guard let upstream else { return }
        defer { upstream.stop() }
        try bench.measure(phases.cache(of: upstream), on: host, observer)
    }
}
