import Kubernetes

/// What decides whether an endpoint takes connections on a node.
struct EndpointState: OptionSet {
    let rawValue: UInt8

    static let ready = Self(rawValue: 1 << 0)
    /// Still serving while it terminates: what is used where nothing is ready (S33, S34).
    static let lastResort = Self(rawValue: 1 << 1)
    static let terminating = Self(rawValue: 1 << 2)
    static let hasNodeHints = Self(rawValue: 1 << 3)
    static let isForNode = Self(rawValue: 1 << 4)
    static let hasZoneHints = Self(rawValue: 1 << 5)
    static let isForZone = Self(rawValue: 1 << 6)
}

extension EndpointState {
    init(_ conditions: EndpointConditions, _ hints: EndpointHints, on node: NodeView) {
        self = []
        if conditions.isReady { insert(.ready) }
        if conditions.isTerminating {
            insert(.terminating)
            // Without a word of it a proxy takes it as serving, ready or not (S11).
            if conditions.serving ?? true { insert(.lastResort) }
        }
        if !hints.forNodes.isEmpty {
            insert(.hasNodeHints)
            if hints.forNodes.contains(node.name) { insert(.isForNode) }
        }
        if !hints.forZones.isEmpty {
            insert(.hasZoneHints)
            if hints.forZones.contains(node.zone) { insert(.isForZone) }
        }
    }

    /// Whether it may take a connection anywhere, under some policy (S35, S36).
    var isUsable: Bool { contains(.ready) || contains(.lastResort) }
}

extension [EndpointHints.Hint] {
    fileprivate func contains(_ name: String) -> Bool { contains { $0.name == name } }
}
