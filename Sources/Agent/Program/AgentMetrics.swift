import Platform
package import Support

/// How an agent's own parts do, as metrics; the proxy and the DNS server have theirs.
package struct AgentMetrics {
    private let parts: [AgentPart: PartState]

    package init(_ state: AgentState) { parts = state.current }
}

extension AgentMetrics {
    package var families: [MetricFamily] {
        [
            family(
                "weft_agent_ready", .gauge, "Whether a part has done its work once."
            ) { $0.isReady ? 1 : 0 },
            family(
                "weft_agent_impaired", .gauge, "Whether something keeps a part from its work."
            ) { $0.problem == nil ? 0 : 1 },
            family("weft_agent_errors_total", .counter, "What went wrong in a part.") {
                Double($0.errors)
            },
            family(
                "weft_agent_last_sync_timestamp_seconds", .gauge,
                "When the node last was what it should be, in seconds since 1970."
            ) { $0.lastSync.map { Double($0.wall.nanoseconds) / 1e9 } },
            counted(
                "weft_agent_objects", .gauge, "Objects that a part keeps on the node.",
                \.counts
            ) { ["part": $0.rawValue, "kind": $1] },
            counted(
                "weft_agent_changes_total", .counter, "Changes that a part has made.",
                \.changes
            ) { ["part": $0.rawValue, "change": $1] },
        ]
    }

    private var ordered: [(part: AgentPart, state: PartState)] {
        AgentPart.allCases.compactMap { part in parts[part].map { (part, $0) } }
    }

    private func family(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ value: (PartState) -> Double?
    ) -> MetricFamily {
        var family = MetricFamily(name, kind, help: help)
        for (part, state) in ordered {
            if let value = value(state) { family.add(["part": part.rawValue], value) }
        }
        return family
    }

    private func counted(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ counts: (PartState) -> [String: Int],
        labels: (AgentPart, String) -> KeyValuePairs<String, String>
    ) -> MetricFamily {
        var family = MetricFamily(name, kind, help: help)
        for (part, state) in ordered {
            for (word, count) in counts(state).sorted(by: { $0.key < $1.key }) {
                family.add(labels(part, word), Double(count))
            }
        }
        return family
    }
}
