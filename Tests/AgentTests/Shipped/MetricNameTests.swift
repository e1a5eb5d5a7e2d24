import Agent
import Inspection
import Kubernetes
import Network
import Platform
import Proxy
import Support
import TestSupport
import Testing

@testable import DNS

/// What the alert rules and the dashboard ask for, and what all parts of an agent have.
@Suite struct `Questions about metrics` {
    private static let prefixes = ["weft_", "kubeproxy_", "coredns_", "process_"]

    /// The names in a text that look like ours; of a histogram, the family's.
    private func names(in text: String) -> Set<String> {
        let words = text.split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "_") }
        var names: Set<String> = []
        for word in words.map(String.init)
        where Self.prefixes.contains(where: { word.hasPrefix($0) }) {
            names.insert(word.hasSuffix("_bucket") ? String(word.dropLast(7)) : word)
        }
        return names
    }

    private func sourceMetrics() throws -> [MetricFamily] {
        try withTemporaryDirectory { directory in
            let source = try ManifestSource(directory: directory) { _ in }
            defer { source.stop() }
            return SourceMetrics(source).families
        }
    }

    /// Those without samples too.
    private func allNames() throws -> Set<String> {
        let state = AgentState(nodeName: "n", parts: Set(AgentPart.allCases))
        let families =
            try AgentMetrics(state).families + sourceMetrics()
            + ProxyMetrics(IPFamily.allCases).families + ProcessMetrics.current.families
            + DNSMetrics(ServiceView(), ReloadCounts(), version: "").families
        return Set(families.map(\.name)).union([ConnectionCounts.metric])
    }

    @Test(arguments: ["prometheus/weft-rules.yaml", "grafana/weft.json"])
    func `every metric that is asked for is there`(file: String) throws {
        let asked = names(in: try ShippedFiles.text("cni-conf/\(file)"))
        #expect(asked.count > 15)
        #expect(asked.subtracting(try allNames()).sorted() == [])
    }

    @Test func `alerts are tested by metrics that are there`() throws {
        let asked = names(in: try ShippedFiles.text(".ci/monitoring/rules-test.yaml"))
        #expect(asked.subtracting(try allNames()).sorted() == [])
    }
}
