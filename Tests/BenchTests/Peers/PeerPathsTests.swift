import Testing

@testable import Bench

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
}
