import Network

extension Explainer {
    /// Goes the way of a service port's connection, in the order of the rules.
    func follow(_ port: PortMeaning, _ way: Way, _ explanation: inout Explanation) {
        let connection = explanation.connection
        let sender = sender(of: connection)
        explanation.say("sender", sender.words(connection))
        guard admits(connection, port, way, &explanation) else {
            explanation.end(.dropped)
            return explanation.say("end", "is dropped")
        }
        guard port.hasEndpoints else {
            explanation.say("backends", "there are none anywhere")
            explanation.end(.refused)
            return explanation.say("end", "is refused with \"port unreachable\"")
        }
        let (route, why) = route(port, way, sender)
        explanation.say("policy", why)
        let masquerade = masquerade(port, way, sender)
        explanation.say("masquerade", masquerade.why)
        choose(port, route, isMasqueraded: masquerade.isDone, &explanation)
    }

    enum Sender {
        case pod
        case node
        case other
    }

    /// Pods first: a node's own address in its pods' network counts as one of theirs.
    private func sender(of connection: Connection) -> Sender {
        let address = connection.sender
        if case .networks = table.settings.pods,
            networks.podNetworks.contains(where: { $0.contains(address) })
        {
            return .pod
        }
        return isLocal(address) ? .node : .other
    }

    /// Whether the ranges of a load balancer's address let the sender in (S57).
    private func admits(
        _ connection: Connection, _ port: PortMeaning, _ way: Way,
        _ explanation: inout Explanation
    ) -> Bool {
        guard way == .loadBalancer, let ranges = port.sourceRanges else { return true }
        let list = ranges.isEmpty ? "nobody" : ranges.map(\.description).joined(separator: ", ")
        let isAdmitted = ranges.contains { $0.contains(connection.sender) }
        explanation.say(
            "source ranges", "\(list) may come: \(isAdmitted ? "let in" : "kept out")")
        return isAdmitted
    }

    /// Which backends may take it, and why (S50 to S52).
    private func route(
        _ port: PortMeaning, _ way: Way, _ sender: Sender
    ) -> (PortMeaning.Route, String) {
        let field = way == .cluster ? "internalTrafficPolicy" : "externalTrafficPolicy"
        let asked = way == .cluster ? port.internalRoute : port.externalRoute
        guard asked == .local else {
            return (.cluster, "\(field) Cluster: all backends that the node uses")
        }
        guard way != .cluster, sender != .other else {
            return (.local, "\(field) Local: backends on this node only")
        }
        let who = sender == .pod ? "its pods" : "the node itself"
        return (.cluster, "\(field) Local, but \(who) may use all backends")
    }

    /// Whether the backend sees the node as its client, and why (S51, S52, S71).
    private func masquerade(
        _ port: PortMeaning, _ way: Way, _ sender: Sender
    ) -> (isDone: Bool, why: String) {
        if way == .cluster { return masqueradeInternal(sender) }
        if port.externalRoute == .cluster {
            return (true, "yes: the backend may be on another node, and answers come back here")
        }
        switch sender {
        case .pod: return (false, "no: it is a pod of this node")
        case .node: return (true, "yes: the node itself asks at an external address")
        case .other: return (false, "no: externalTrafficPolicy Local keeps the client's address")
        }
    }

    private func masqueradeInternal(_ sender: Sender) -> (isDone: Bool, why: String) {
        if settings.table.masqueradesAll { return (true, "yes: masqueradeAll is set") }
        if table.settings.pods == .none {
            return (false, "no: nothing tells pods from others (clusterCIDR is not set)")
        }
        return sender == .pod
            ? (false, "no: it is a pod of this node")
            : (true, "yes: it is no pod of this node")
    }
}

extension Explainer.Sender {
    fileprivate func words(_ connection: Connection) -> String {
        let address = connection.sender
        let name = connection.source == nil ? "nobody was named, so it" : "\(address)"
        return switch self {
        case .pod: "\(name) is a pod of this node, by its address"
        case .node: "\(name) is this node"
        case .other: "\(name) is neither this node nor, by its address, one of its pods"
        }
    }
}
