import Network

extension Explainer {
    /// Who takes the connection, and how that is decided.
    func choose(
        _ port: PortMeaning, _ route: PortMeaning.Route, isMasqueraded: Bool,
        _ explanation: inout Explanation
    ) {
        let backends = port[route]
        guard !backends.isEmpty else {
            explanation.say(
                "backends", "none on this node, and the policy allows no others")
            if let seconds = port.affinity, port.uses(.cluster), !port.cluster.isEmpty {
                // Its clients are remembered all the same, for those that may go elsewhere.
                explanation.affinityChain = ProxyTable.affinityChain(seconds, route)
            }
            explanation.end(.dropped)
            return explanation.say("end", "is dropped")
        }
        sayAffinity(port, route, &explanation)
        let turns = port.balancing.turns(of: backends, after: [], start: 0)
        if turns.count > 1 { explanation.kind = port.balancing.rotationKind }
        explanation.say("balancing", port.balancing.words)
        explanation.outcome = Outcome()
        let sender = explanation.connection.source
        for backend in turns {
            let isItself = backend.isLocal && backend.address == sender
            explanation.outcome.add(
                Outcome.Ending(
                    fate: .translated(backend.endpoint), isMasqueraded: isMasqueraded || isItself))
        }
        let counts = Dictionary(turns.map { ($0.endpoint, 1) }, uniquingKeysWith: +)
        explanation.backends = backends.map {
            Explanation.Share(
                backend: $0, turns: counts[$0.endpoint] ?? 0, total: turns.count)
        }
        if backends.contains(where: { $0.isLocal && $0.address == sender }) {
            explanation.say(
                "hairpin", "the sender is one of the backends: to itself it comes as the node")
        }
    }

    private func sayAffinity(
        _ port: PortMeaning, _ route: PortMeaning.Route, _ explanation: inout Explanation
    ) {
        guard let seconds = port.affinity else { return explanation.say("affinity", "none") }
        explanation.affinityChain = ProxyTable.affinityChain(seconds, route)
        explanation.say(
            "affinity",
            "a client stays with its backend until \(seconds) s after its last connection")
    }
}

extension Balancing {
    fileprivate var words: String {
        switch self {
        case .roundRobin: "round-robin: connections go to one backend after the other"
        case .random: "random: each connection goes to any backend"
        case .sourceHash: "source-hash: the client's address decides, alike on every node"
        case .weighted: "weighted: one after the other, by turns"
        }
    }
}
