import Platform
import TestSupport
import Testing

@testable import Bench

@Suite(.requiresRoot, .serialized) struct `The suite memory` {
    /// What a run of the name servers alone tells, and how it ends.
    private func run(
        _ change: (inout MemorySuite.Settings) throws -> Void
    ) throws -> (programs: [String?], notes: [String], failure: BenchError?) {
        var settings = MemorySuite.Settings()
        settings.services = [3]
        settings.endpoints = 2
        settings.nodes = 1
        settings.rounds = 2
        settings.idle = .milliseconds(100)
        settings.weft = try builtProgram("weft")
        settings.workloads = ["dns"]
        try change(&settings)
        var suite = MemorySuite(settings)
        var programs: [String?] = []
        var notes: [String] = []
        let observer = Observer { event in
            switch event {
            case .measured(let measurements, _):
                programs += measurements.map { $0.identity["program"] }
            case .note(let text): notes.append(text)
            case .round, .step: break
            }
        }
        do { try suite.run(observer) } catch let error as BenchError {
            return (programs, notes, error)
        }
        return (programs, notes, nil)
    }

    private func failing(_ scratch: ScratchDirectory) throws -> String {
        try scratch.write("failing", "#!/bin/sh\necho nothing works >&2; exit 3\n", mode: 0o700)
    }

    @Test func `peers that are not there are notes`() throws {
        let outcome = try run { _ in }
        #expect(outcome.programs == ["weft"] && outcome.failure == nil)
        #expect(outcome.notes.contains { $0.contains("coredns") })
    }

    @Test func `a peer that was asked for and fails is an error behind the others' results`()
        throws
    {
        let scratch = try ScratchDirectory()
        let outcome = try run {
            $0.peers = try PeerPaths("coredns=\(failing(scratch))", known: MemorySuite.peers)
        }
        #expect(outcome.programs == ["weft"])
        #expect(outcome.failure?.cause.contains("nothing works") == true)
        #expect(outcome.notes.contains { $0.contains("program=coredns was not measured") })
    }

    @Test func `so is Weft's own, each with a note`() throws {
        let scratch = try ScratchDirectory()
        let outcome = try run {
            $0.weft = try failing(scratch)
            $0.workloads = MemorySuite.workloads
        }
        #expect(outcome.programs.isEmpty)
        #expect(outcome.failure?.code == .program)
        #expect(outcome.notes.filter { $0.contains("nothing works") }.count == 3)
    }
}
