import Platform
import TestSupport
import Testing
import YAML

/// What the agent's pods do on a node first: its plugins become the node's.
@Suite struct `The step that installs the plugins` {
    private var script: String {
        get throws {
            let step = try #require(try ShippedFiles.pod["initContainers"]).named("plugins")
            return try #require(step["command"]?.strings.last)
        }
    }

    private func run(from source: String, to target: String) throws -> Program.Outcome {
        try Program(
            "sh", ["-euc", script],
            environment: ["PATH=/usr/bin:/bin", "FROM=\(source)", "TO=\(target)"]
        ).run()
    }

    private func withDirectories(_ body: (String, String) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let (source, target) = ("\(directory)/from", "\(directory)/to")
            for path in [source, target] { try Directory.create(path, mode: 0o755) }
            let plugin = [UInt8]("new".utf8)
            try File.replace("\(source)/weft-cni", with: plugin.span, mode: 0o755)
            try body(source, target)
        }
    }

    @Test func `a plugin that runs is replaced, and nothing half made is left`() throws {
        try withDirectories { source, target in
            let old = try File.read("/bin/sleep")
            try File.replace("\(target)/weft-cni", with: old.span, mode: 0o755)
            let pipe = try Pipe()
            let running = try Process(
                Program("\(target)/weft-cni", ["60"]), input: pipe.reader, output: pipe.writer,
                errors: pipe.writer)
            #expect(try run(from: source, to: target).status.isSuccess)
            #expect(try File.read("\(target)/weft-cni") == [UInt8]("new".utf8))
            #expect(try File.status("\(target)/weft-cni")?.mode == 0o755)
            #expect(
                try Directory.list(target).sorted() == [
                    "loopback", "weft-bandwidth", "weft-cni", "weft-ipam", "weft-portmap",
                ])
            running.kill()
        }
    }

    @Test func `another suite's loopback stays, and a second time changes nothing`() throws {
        try withDirectories { source, target in
            try File.replace("\(target)/loopback", with: [UInt8]("theirs".utf8).span)
            for _ in 1...2 {
                #expect(try run(from: source, to: target).status.isSuccess)
                #expect(try File.read("\(target)/loopback") == [UInt8]("theirs".utf8))
                #expect(try File.read("\(target)/weft-ipam") == [UInt8]("new".utf8))
            }
        }
    }

    @Test func `the names are those that make install places`() throws {
        let names = try #require(
            try script.split(separator: "\n").first { $0.hasPrefix("for name in ") })
        let list = names.dropFirst("for name in ".count).prefix { $0 != ";" }
        #expect(try ShippedFiles.text(".ci/install.sh").contains("own_names=(\(list))"))
    }
}
