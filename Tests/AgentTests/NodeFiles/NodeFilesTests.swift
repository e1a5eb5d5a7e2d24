import Network
import Platform
import TestSupport
import Testing

@testable import Agent

@Suite("The plugins' configuration") struct NodeFilesTests {
    private let own = ClusterNodes(snapshot([numberedNode("a", 1)]), own: "a").own

    private func withSettings(_ body: (NodeFileSettings) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            var settings = NodeFileSettings()
            settings.directory = "\(directory)/cni/net.d"
            settings.rangeFile = "\(directory)/run/ranges.json"
            try body(settings)
        }
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try File.read(path), as: UTF8.self)
    }

    private func put(_ text: String, _ settings: NodeFileSettings, as name: String) throws {
        try Directory.create(settings.directory)
        try File.replace("\(settings.directory)/\(name)", with: Array(text.utf8).span)
    }

    @Test func `what is written by default is the file of cni-conf`() throws {
        let source = #filePath.split(separator: "/")
        // Tests/AgentTests/NodeFiles/NodeFilesTests.swift
        let root = "/" + source.dropLast(4).joined(separator: "/")
        #expect(
            try text("\(root)/cni-conf/10-weft-agent.conflist")
                == Conflist(rangeFile: NodeFileSettings().rangeFile).text)
    }

    @Test func `R9: both files are there once networks are known and pods can be reached`() throws {
        try withSettings { settings in
            var files = NodeFiles(settings)
            let waits = try [(nil, true), (own, false)].map {
                try files.update(own: $0.0, isReady: $0.1, mtu: 1450).waitsFor
            }
            #expect(waits == [.node, .dataPlane])
            #expect(try File.status(settings.path) == nil)

            let outcome = try files.update(own: own, isReady: true, mtu: 1450)
            #expect(outcome == outcome.with(written: [settings.rangeFile, settings.path]))
            #expect(
                try text(settings.rangeFile)
                    == #"{"podCIDRs":["10.244.1.0/24","fd00:244:1::/64"],"mtu":1450}"# + "\n")
            #expect(try text(settings.path) == Conflist(rangeFile: settings.rangeFile).text)
            #expect(try File.status(settings.path)?.mode == 0o644)
            #expect(try Directory.list(settings.directory) == [settings.file])
        }
    }

    @Test func `a node without podCIDR is told what is missing`() throws {
        try withSettings { settings in
            var files = NodeFiles(settings)
            let bare = ClusterNodes(snapshot([node("a", [], [])]), own: "a").own
            let outcome = try files.update(own: bare, isReady: true, mtu: nil)
            #expect(outcome.waitsFor?.description.contains("--allocate-node-cidrs") == true)
            #expect(try File.status(settings.rangeFile) == nil)
        }
    }

    @Test func `what changes is written again, what does not is left, and all of it stays`() throws
    {
        try withSettings { settings in
            var files = NodeFiles(settings)
            _ = try files.update(own: own, isReady: true, mtu: nil)
            #expect(try !text(settings.rangeFile).contains("mtu"))
            let before = try File.status(settings.path)?.identity
            #expect(try files.update(own: own, isReady: true, mtu: nil).written.isEmpty)
            let changed = try files.update(own: own, isReady: true, mtu: 1430)
            #expect(changed.written == [settings.rangeFile])
            var next = NodeFiles(settings)
            #expect(try next.update(own: own, isReady: true, mtu: 1430).written.isEmpty)
            #expect(try File.status(settings.path)?.identity == before)
            #expect(try next.update(own: nil, isReady: false, mtu: nil).waitsFor == .node)
            #expect(try File.status(settings.path)?.identity == before)
            try File.remove(settings.path)
            #expect(try next.update(own: own, isReady: true, mtu: 1430).written == [settings.path])
        }
    }

    @Test func `C50: a runtime that overlooks files that appear still reads the directory again`()
        throws
    {
        try withSettings { settings in
            try Directory.create(settings.directory)
            let inotify = try Inotify()
            _ = try inotify.watch(settings.directory)
            var files = NodeFiles(settings)
            func removedAfterAll() throws -> Bool {
                guard case .changed(_, .removed, let name)? = try inotify.read().last else {
                    return false
                }
                return !name.hasSuffix("conf") && !name.hasSuffix("list") && !name.hasSuffix("json")
            }
            _ = try files.update(own: own, isReady: true, mtu: nil)
            #expect(try removedAfterAll())
            _ = try files.update(own: own, isReady: true, mtu: nil)
            #expect(try inotify.read().isEmpty)
            // The agent before may have been killed between the file and the notice.
            var next = NodeFiles(settings)
            _ = try next.update(own: own, isReady: true, mtu: nil)
            #expect(try removedAfterAll())
        }
    }

    @Test func `another's file of the same name is left alone, and one of ours is taken over`()
        throws
    {
        try withSettings { settings in
            var files = NodeFiles(settings)
            let ours = Conflist(rangeFile: "/elsewhere.json").text
            try put(ours + " ", settings, as: settings.file)
            #expect {
                try files.update(own: own, isReady: true, mtu: nil)
            } throws: { error in
                "\(error)".contains("\(settings.path)") && "\(error)".contains("move it away")
            }
            #expect(try text(settings.path) == ours + " ")
            #expect(try File.status(settings.rangeFile) == nil)

            try put(ours, settings, as: settings.file)
            #expect(try files.update(own: own, isReady: true, mtu: nil).written.count == 2)
        }
    }

    @Test func `an earlier version's file is taken over`() throws {
        let now = Conflist(rangeFile: "/run/weft/ranges.json").text
        let later = now.replacing(
            #""cniVersion": "1.0.0",\#n  "cniVersions": ["1.0.0", "1.1.0"]"#,
            with: #""cniVersion": "1.1.0""#)
        let earlier = later.replacing(
            #"      "ipam""#, with: #"      "ipMasq": true,\#n      "ipam""#)
        #expect(Set([earlier, later, now]).count == 3)
        #expect([earlier, later].allSatisfy { Conflist.isOurs(Array($0.utf8)) })
        #expect(!Conflist.isOurs(Array(now.replacing("bandwidth", with: "other").utf8)))
    }

    @Test(arguments: [
        #"{"podCIDRs":["10.244.1.0/24"],"routes":[]}"#, "FLANNEL_SUBNET=10.244.1.1/24\n", "{}",
    ])
    func `a range file of another program is left alone`(content: String) throws {
        try withSettings { settings in
            try Directory.create(settings.directory)
            var settings = settings
            settings.rangeFile = "\(settings.directory)/ranges"
            try put(content, settings, as: "ranges")
            var files = NodeFiles(settings)
            #expect(throws: AgentError.self) {
                try files.update(own: own, isReady: true, mtu: nil)
            }
            #expect(try text(settings.rangeFile) == content)
            #expect(try File.status(settings.path) == nil)
        }
    }
}

extension NodeFilesOutcome {
    fileprivate func with(written: [String]) -> NodeFilesOutcome {
        var outcome = NodeFilesOutcome()
        outcome.written = written
        return outcome
    }
}
