/// A program, or a part of one, that asks an API server for objects.
package enum Consumer: String, CaseIterable, Hashable, Sendable {
    /// Leads services' addresses to endpoints.
    case proxy
    /// Answers questions for services' names.
    case dns
    /// Leads packets to the pods of all nodes; what else it runs asks for its own.
    case agent
    /// `weft get` and `weft watch`.
    case person
}

/// What an API server must let somebody do, and no more.
package struct AccessRule: Hashable, Sendable {
    package let group: String
    package let resources: [String]
    package let verbs: [String]

    package init(group: String, resources: [String], verbs: [String]) {
        self.group = group
        self.resources = resources
        self.verbs = verbs
    }
}

extension Consumer {
    /// The kinds whose objects it looks at.
    package var kinds: Set<Kind> {
        switch self {
        case .proxy: [.service, .endpointSlice, .node, .serviceCIDR]
        case .dns: [.service, .endpointSlice, .namespace, .pod]
        case .agent: [.node]
        case .person: Set(Kind.allCases)
        }
    }
}

extension AccessRule {
    /// What a watch is made of; nothing is asked for one by one.
    package static let verbs = ["list", "watch"]

    /// What consumers need together, a rule for each API group.
    package static func rules(for consumers: Set<Consumer>) -> [AccessRule] {
        let kinds = consumers.reduce(into: Set<Kind>()) { $0.formUnion($1.kinds) }
        let groups = Dictionary(grouping: kinds.map(\.resource), by: \.group)
        let rules = groups.keys.sorted().map { group in
            AccessRule(
                group: group, resources: (groups[group] ?? []).map(\.plural).sorted(),
                verbs: verbs)
        }
        return consumers.contains(.agent) ? rules + [announcement] : rules
    }

    /// The one thing that is ever changed: that a node has its network (R9).
    private static let announcement = AccessRule(
        group: "", resources: ["nodes/status"], verbs: ["patch"])
}
