/// The choice of backends among a port's endpoints, which are the same for all policies.
struct EndpointChoice {
    let candidates: [Candidate]
    /// All that is known of every ready endpoint, and of at least one.
    private let ofAllReady: EndpointState
    private let ofSomeReady: EndpointState

    init(_ candidates: [Candidate]) {
        self.candidates = candidates
        var (all, some) = (EndpointState(rawValue: .max), EndpointState())
        for candidate in candidates where candidate.state.contains(.ready) {
            all.formIntersection(candidate.state)
            some.formUnion(candidate.state)
        }
        (ofAllReady, ofSomeReady) = (all, some)
    }

    /// Whether any endpoint anywhere could take a connection (S35).
    var hasAny: Bool { candidates.contains { $0.state.isUsable } }

    /// The backends of the whole cluster that the node uses (S33).
    var cluster: [Backend] {
        if !ofSomeReady.contains(.ready) { return backends { $0.state.contains(.lastResort) } }
        let wanted = topology.union(.ready)
        return backends { $0.state.isSuperset(of: wanted) }
    }

    /// The backends on the node, which hints do not touch (S32, S34).
    var local: [Backend] {
        let ready = backends { $0.backend.isLocal && $0.state.contains(.ready) }
        if !ready.isEmpty { return ready }
        return backends { $0.backend.isLocal && $0.state.contains(.lastResort) }
    }

    /// What a ready endpoint must be to take this node's connections, by its hints (S30).
    ///
    /// One endpoint without hints means that whoever gave them does not cover all.
    private var topology: EndpointState {
        if ofAllReady.contains(.hasNodeHints), ofSomeReady.contains(.isForNode) {
            return .isForNode
        }
        if ofAllReady.contains(.hasZoneHints), ofSomeReady.contains(.isForZone) {
            return .isForZone
        }
        return []
    }

    private func backends(where isChosen: (Candidate) -> Bool) -> [Backend] {
        var chosen: [Backend] = []
        chosen.reserveCapacity(candidates.count)
        for candidate in candidates where isChosen(candidate) { chosen.append(candidate.backend) }
        return chosen.withTurns
    }
}

extension [Backend] {
    /// The same with a turn each where all are drained, for somebody has to take connections.
    fileprivate var withTurns: [Backend] {
        if contains(where: { $0.weight > 0 }) { return self }
        return map { Backend($0.address, port: $0.port, isLocal: $0.isLocal) }
    }
}
