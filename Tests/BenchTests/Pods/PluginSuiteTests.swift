import JSON
import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import Bench

@Suite(.requiresRoot, .serialized) struct `Plugins that are called as runtimes do` {
    private func suites(_ directory: String) throws -> PluginSuites {
        let reference = PodSettings.standardReference
        let isThere = try File.status("\(reference)/host-local") != nil
        return try PluginSuites(
            weft: try builtProgram("weft-cni"), reference: isThere ? reference : nil, in: directory)
    }

    /// What ADD gives, by family.
    private func addresses(_ result: String) throws -> [CIDR] {
        let document = try JSONValue(document: result.utf8.span)
        guard case .array(let ips)? = document.object?["ips"] else { return [] }
        return try ips.compactMap { try CIDR(validating: $0.object?["address"]?.string ?? "") }
    }

    @Test(arguments: PluginSuites.Work.allCases)
    func `give a pod its addresses, and take them back`(work: PluginSuites.Work) throws {
        try withTemporaryDirectory { directory in
            let suites = try suites(directory)
            let chains = [suites.weft(work, "own"), suites.reference(work, "other")]
            for chain in chains.compactMap(\.self) {
                let (node, pod) = (try PodNode(), PodSandbox(1, in: try PodNamespace()))
                var result = ""
                let time = try chain.call(.add, pod, &result, on: node)
                #expect(time > .zero)
                let families = try addresses(result).map(\.family)
                #expect(families == (work == .dual ? [.v4, .v6] : [.v4]))
                _ = try chain.call(.delete, pod, &result, on: node)
                // It can be added again, so nothing of it is left.
                var second = ""
                _ = try chain.call(.add, pod, &second, on: node)
            }
        }
    }

    @Test func `addresses that are taken before are not given`() throws {
        try withTemporaryDirectory { directory in
            let suites = try suites(directory)
            let filler = LeaseFiller(directory: suites.leases)
            try filler.fill("own", 300)
            try filler.fillReference("other", 300)
            let chains = [suites.weft(.addresses, "own"), suites.reference(.addresses, "other")]
            for chain in chains.compactMap(\.self) {
                var result = ""
                let pod = PodSandbox(1, in: try PodNamespace())
                _ = try chain.call(.add, pod, &result, on: PodNode())
                // 10.66.0.2 is the first of three hundred.
                #expect(
                    try addresses(result).map(\.address) == [
                        try IPAddress(validating: "10.66.1.46")
                    ])
            }
        }
    }

    @Test func `a plugin that fails is told with its words`() throws {
        try withTemporaryDirectory { directory in
            let suites = try suites(directory)
            let (node, pod) = (try PodNode(), PodSandbox(1, in: try PodNamespace()))
            let chain = suites.weft(.bridge, "own")
            var result = ""
            _ = try chain.call(.add, pod, &result, on: node)
            let error = #expect(throws: BenchError.self) {
                _ = try chain.call(.add, pod, &result, on: node)
            }
            #expect(error?.cause.contains("eth0") == true)
        }
    }

    @Test func `a pair of links is made and deleted by the kernel alone`() throws {
        var pair = try VethPair()
        for _ in 0..<3 {
            let (bare, ours) = (try pair.kernel(), try pair.netlink())
            for time in [bare.creation, bare.deletion, ours.creation, ours.deletion] {
                #expect(time > .zero)
            }
        }
    }
}
