/// What a connection must come to, by the words of the reference alone.
///
/// It follows S28, S33 to S36, S50 to S53, S60 to S62, S71 and S75, and knows nothing of the proxy.
struct Oracle: Sendable {
    let endpoints: [Endpoint]
    let internalIsLocal: Bool
    let externalIsLocal: Bool
    /// Who is told to be a local pod; nil where nobody can tell.
    let pods: Set<LabClient>?
    var masqueradesAll = false

    struct Endpoint: Sendable {
        let pod: String
        let state: String
        var isLocal: Bool { pod.hasPrefix("near") }

        /// Reads words such as "near1 ready".
        init(_ words: String) {
            let parts = words.split(separator: " ").map(String.init)
            (pod, state) = (parts[0], parts[1])
        }
    }
}

/// Who asks.
enum LabClient: String, CaseIterable, Sendable {
    case pod
    case far
    case node
    case outside
}

/// At which of a service's addresses.
enum Entry: String, CaseIterable, Sendable {
    case clusterIP
    case nodePort
    case loadBalancer
    case externalIP
}

struct Expectation: Hashable, Sendable {
    /// The rule that decides.
    let rule: String
    let outcome: Outcome

    enum Outcome: Hashable, Sendable {
        case answered(by: Set<String>, seesNode: Bool)
        case refused
        case dropped
    }
}

extension Oracle {
    func expectation(_ client: LabClient, _ entry: Entry) -> Expectation {
        let isPod = pods?.contains(client) ?? false
        if entry == .clusterIP {
            let masquerades = masqueradesAll || pods != nil && !isPod
            return fate("S50", internalIsLocal ? local : cluster, masquerades)
        }
        if !externalIsLocal { return fate("S51", cluster, true) }
        if isPod { return fate("S52a", cluster, false) }
        if client == .node { return fate("S52b", cluster, true) }
        return fate("S52c", local, false)
    }

    private func fate(
        _ rule: String, _ list: Set<String>, _ masquerades: Bool
    ) -> Expectation {
        if named("ready").isEmpty, named("serving").isEmpty {
            return Expectation(rule: "S60", outcome: .refused)
        }
        if list.isEmpty { return Expectation(rule: "S61", outcome: .dropped) }
        return Expectation(rule: rule, outcome: .answered(by: list, seesNode: masquerades))
    }

    /// The backends of the whole cluster (S33).
    private var cluster: Set<String> {
        let ready = named("ready")
        return ready.isEmpty ? named("serving") : ready
    }

    /// Those of the node (S34).
    private var local: Set<String> {
        let ready = named("ready", onlyLocal: true)
        return ready.isEmpty ? named("serving", onlyLocal: true) : ready
    }

    private func named(_ state: String, onlyLocal: Bool = false) -> Set<String> {
        Set(endpoints.filter { $0.state == state && ($0.isLocal || !onlyLocal) }.map(\.pod))
    }
}
