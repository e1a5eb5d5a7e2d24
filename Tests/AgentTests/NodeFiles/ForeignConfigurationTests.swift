import Network
import Platform
import TestSupport
import Testing

@testable import Agent

@Suite("Other configurations in the runtime's directory") struct ForeignConfigurationTests {
    private let own = ClusterNodes(snapshot([numberedNode("a", 1)]), own: "a").own

    /// A file, its content, and what is said of it: nothing, or a part of each sentence.
    static let cases: [(String, String, [String])] = [
        ("05-cni.conf", #"{"name":"a","type":"bridge"}"#, ["comes before 10-weft.conflist"]),
        ("05-cni.json", "damaged", ["comes before 10-weft.conflist"]),
        ("05-cni.conflist.bak", #"{"name":"a","type":"bridge"}"#, []),
        ("99-loopback.conf", #"{"name":"lo","type":"loopback"}"#, []),
        (
            "87-podman.conflist",
            #"{"name":"podman","plugins":[{"type":"bridge","ipam":"#
                + #"{"type":"host-local","ranges":[[{"subnet":"10.88.0.0/16"}]]}}]}"#, []
        ),
        (
            "87-other.conflist",
            #"{"name":"other","plugins":[{"type":"bridge","ipam":"#
                + #"{"type":"host-local","ranges":[[{"subnet":"10.244.0.0/16"}]]}}]}"#,
            ["two pods may get the same"]
        ),
        (
            "87-other.conf",
            #"{"name":"o","type":"ptp","ipam":{"type":"host-local","subnet":"fd00:244:1::/80"}}"#,
            ["two pods may get the same"]
        ),
        ("10-weft2.conflist", #"{"name":"weft","plugins":[{"type":"x"}]}"#, ["the same leases"]),
        (
            "00-weft.conf",
            #"{"name":"weft","type":"ptp","ipam":{"subnet":"10.244.1.0/24"}}"#,
            ["comes before", "the same leases", "two pods may get the same"]
        ),
    ]

    @Test("are told by what they stand in the way of, once", arguments: cases)
    func findings(_ name: String, _ content: String, _ expected: [String]) throws {
        try withTemporaryDirectory { directory in
            var settings = NodeFileSettings()
            settings.directory = directory
            settings.rangeFile = "\(directory)/ranges"
            try File.replace("\(directory)/\(name)", with: Array(content.utf8).span)
            var files = NodeFiles(settings)
            let first = try files.update(own: own, isReady: true, mtu: nil)
            #expect(first.written.count == 2)
            #expect(first.newFindings == first.findings)
            #expect(first.findings.count == expected.count)
            for (finding, part) in zip(first.findings, expected) {
                #expect("\(finding)".contains(part) && "\(finding)".contains(name))
            }
            let second = try files.update(own: own, isReady: true, mtu: nil)
            #expect(second.findings == first.findings && second.newFindings.isEmpty)
            try File.remove("\(directory)/\(name)")
            #expect(try files.update(own: own, isReady: true, mtu: nil).findings.isEmpty)
            try File.replace("\(directory)/\(name)", with: Array(content.utf8).span)
            let again = try files.update(own: own, isReady: true, mtu: nil)
            #expect(again.newFindings == first.findings)
        }
    }
}
