import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Demo

/// The program itself, as `make demo` runs it.
struct DemonstrationTests {
    /// It lies beside the tests, which the same build made.
    private static var weft: String {
        let tests = CommandLine.arguments[0].split(separator: "/").dropLast()
        return "/" + (tests + ["weft"]).joined(separator: "/")
    }

    private static func demo(_ directory: String, _ words: String...) throws -> Program.Outcome {
        try Program(
            weft, ["demo", "--directory", directory] + words,
            environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], limit: .seconds(120)
        ).run()
    }

    @Test(.requiresRoot) func `a cluster of two nodes proves itself, and leaves nothing`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/demo"
            let outcome = try Self.demo(path, "--nodes", "2")
            let text = String(decoding: outcome.output + outcome.errors, as: UTF8.self)
            #expect(outcome.status.isSuccess, "\(text)")
            let lines = Check.all(ClusterPlan(nodes: 2, .auto, families: [.v4, .v6])).count
            #expect(text.contains("\n\(lines) of \(lines) hold"))
            #expect(try File.status(path) == nil)
        }
    }

    @Test(.requiresRoot) func `what is no demonstration's is not removed`() throws {
        try withTemporaryDirectory { directory in
            try File.replace("\(directory)/precious", with: "x".utf8.span)
            let outcome = try Self.demo(directory, "down")
            #expect(!outcome.status.isSuccess)
            #expect(try File.status("\(directory)/precious") != nil)
        }
    }

    @Test(.requiresRoot) func `what one that was killed has left is removed`() throws {
        try withTemporaryDirectory { directory in
            let run = RunDirectory("\(directory)/demo")
            do {
                let lock = try run.create()
                _ = try Host("node-1", keptAt: run.namespace("node-1"))
                #expect(!(try Self.demo(run.path, "down").status.isSuccess), "its owner runs")
                _ = consume lock
            }
            #expect(try Self.demo(run.path, "down").status.isSuccess)
            #expect(!(try run.exists))
        }
    }
}
