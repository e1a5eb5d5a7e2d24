import DNS
import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite(.requiresRoot, .serialized) struct `Servers of the same names` {
    private static let kinds: [QuestionKind] = [.mix, .headless, .srv, .ptr, .negative, .search]

    private func programs() throws -> [any NameServer] {
        let settings = NameSettings(weft: try builtProgram("weft"))
        return try NamePrograms(settings, Observer { _ in }).servers
    }

    /// Questions of all kinds that a server can answer.
    private func sample(_ names: ServedNames, for server: any NameServer) -> [NameQuestion] {
        var source = QuestionSource(names)
        return Self.kinds.filter(server.kinds.contains).flatMap {
            source.questions($0, count: 40)
        }
    }

    @Test func `give the answers that the records say`() throws {
        let scratch = try ScratchDirectory()
        let names = try ServedNames(MixedCluster(services: 100, endpoints: 4))
        let zones = try ZoneFiles(names, in: "\(scratch.path)/zones")
        let host = try Host("names")
        let sources = try ClusterSources(names, zones, on: host, .standard)
        for (number, program) in try programs().enumerated() {
            let questions = sample(names, for: program)
            let site = NameSite(
                directory: "\(scratch.path)/\(program.name)", port: Port(UInt16(5301 + number)),
                threads: 1)
            let first = try #require(questions.first { !$0.answers.isEmpty })
            let server = try #require(
                try RunningServer(
                    program, for: .cluster(sources), at: site, on: host, until: first))
            try server.check(questions)
            #expect(try server.processorTime > .zero && server.memory > 1 << 20)
            // One that is not right is found out.
            let wrong = NameQuestion(first.name, first.type, exists: false)
            #expect(throws: BenchError.self) { try server.check([wrong]) }
        }
    }

    @Test func `ask another server, and keep what it says`() throws {
        let scratch = try ScratchDirectory()
        let host = try Host("names")
        let zone = try ZoneFiles(
            OutsideZone.name, OutsideZone.records, timeToLive: OutsideZone.timeToLive,
            in: "\(scratch.path)/outside")
        func start(
            _ program: any NameServer, _ duty: NameDuty, _ port: UInt16
        ) throws -> RunningServer? {
            let site = NameSite(
                directory: "\(scratch.path)/\(port)", port: Port(port), threads: 1)
            return try RunningServer(
                program, for: duty, at: site, on: host, until: OutsideZone.question(1))
        }
        let weft = WeftNames(path: try builtProgram("weft"))
        let upstream = try #require(try start(weft, .upstream(zone), 5300))
        let questions = (0..<20).map(OutsideZone.question)
        var caches: [RunningServer] = []
        for (number, program) in try programs().enumerated() {
            let duty = NameDuty.cache(upstream: upstream.address(.v4))
            guard let cache = try start(program, duty, UInt16(5301 + number)) else { continue }
            try cache.check(questions)
            caches.append(cache)
        }
        #expect(caches.contains { $0.program.name == "weft" })
        upstream.stop()
        for cache in caches { try cache.check(questions) }
    }
}
