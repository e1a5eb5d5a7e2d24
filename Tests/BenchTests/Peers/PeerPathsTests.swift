import Platform
import TestSupport
import Testing

@testable import Bench

extension PeerPaths {
    /// The real programs that this machine's tests are told of.
    static var here: PeerPaths {
        let path = Environment.value(of: "WEFT_KUBE_PROXY")
        let paths = try? PeerPaths(path.map { "kube-proxy=\($0)" } ?? "", known: PathProgram.peers)
        return paths ?? PeerPaths()
    }
}

@Suite struct `Programs of others that a user names` {
    private let names = ["kube-proxy", "coredns"]

    @Test func `are taken one by one or several at once`() throws {
        let peers = try PeerPaths("kube-proxy=/bin/sh,coredns=/bin/true", known: names)
        #expect(peers["kube-proxy"] == "/bin/sh")
        #expect(peers["coredns"] == "/bin/true")
        #expect(try PeerPaths("", known: names)["coredns"] == nil)
    }

    @Test(arguments: ["kube-proxy", "knot=/bin/sh", "coredns=/nowhere/coredns", "coredns=/bin"])
    func `are refused when nothing can come of them`(text: String) {
        #expect(throws: BenchError.self) { try PeerPaths(text, known: names) }
    }

    @Test func `are told of when they are not there, or are for something else`() {
        let absent = #expect(throws: BenchError.self) {
            try PeerPaths("kube-proxy=/nowhere/kube-proxy", known: PathProgram.peers)
        }
        #expect(absent?.cause == "there is no program at /nowhere/kube-proxy")
        let other = #expect(throws: BenchError.self) {
            try PeerPaths("coredns=/bin/sh", known: PathProgram.peers)
        }
        #expect(other?.cause == "write NAME=PATH, with a name of kube-proxy")
    }

    @Test func `are measured beside those that were chosen`() throws {
        let peers = try PeerPaths("kube-proxy=/bin/sh", known: PathProgram.peers)
        #expect([PathProgram.weft].with(PeerPaths()) == [.weft])
        #expect([PathProgram.weft].with(peers) == [.weft, .realNFTables])
        #expect([PathProgram.realIPTables, .weft].with(peers) == [.realIPTables, .weft])
        var path = PathSettings()
        path.add(peers, where: \.hasShapes)
        for section in path.sections {
            #expect(section.programs.contains(.realNFTables) == section.hasShapes)
        }
        var sync = SyncSettings()
        sync.add(peers)
        #expect(sync.programs == [.weft, .kubeProxyNFTables, .realNFTables])
    }
}
