import Network
import Platform
import Support

/// Turns what parts have done into their state, and into lines of the log.
struct AgentReporter {
    private let state: AgentState
    private let log: Log

    init(_ state: AgentState, _ log: Log) {
        self.state = state
        self.log = log
    }
}

extension AgentReporter {
    func failed(_ part: AgentPart, _ error: AgentError) {
        log(.error, "\(error); it is tried again", ["part": part.rawValue])
        state.update(part) { $0.failed("\(error)", at: .now) }
    }

    /// `told` is what was complained of before, and becomes what there is to complain of.
    func routes(
        _ outcome: RouteOutcome, _ held: NetworkState, isReady: Bool, told: inout Set<String>
    ) {
        let complaints = outcome.complaints
        for text in complaints where !told.contains(text) { log(.warning, text) }
        told = Set(complaints)
        if outcome.changes > 0 {
            log(
                .info, "changed the ways to other nodes' pods",
                [
                    "routes": "\(outcome.routes)", "neighbours": "\(outcome.neighbours)",
                    "forwarding": "\(outcome.forwarding)", "tunnels": "\(outcome.tunnels)",
                ])
        }
        let errors = outcome.errors.sorted { $0.key < $1.key }.flatMap(\.value)
        for error in errors { failed(.routes, error) }
        state.update(.routes) { state in
            state.count(outcome)
            state.counts = held.counts
            state.counts["conflict"] = outcome.conflicts.count
            state.counts["finding"] = outcome.findings.count
            guard errors.isEmpty else { return }
            if isReady { state.succeeded(at: .now) }
            state.problem = outcome.problem
        }
    }

    func rules(_ changed: Int, verifying: Bool) {
        if verifying, changed > 0 {
            log(
                .warning, "somebody else changed our table; it is right again",
                ["part": AgentPart.masquerade.rawValue, "elements": "\(changed)"])
        }
        state.update(.masquerade) { state in
            state.changes["element", default: 0] += changed
            if verifying { state.changes["repair", default: 0] += changed > 0 ? 1 : 0 }
            state.succeeded(at: .now)
        }
    }

    func files(_ outcome: NodeFilesOutcome) {
        for path in outcome.written {
            log(.info, "wrote a file for container runtimes", ["file": path])
        }
        for finding in outcome.newFindings { log(.warning, "\(finding)") }
        state.update(.cni) { state in
            state.changes["write", default: 0] += outcome.written.count
            state.counts["finding"] = outcome.findings.count
            if let reason = outcome.waitsFor {
                state.problem = "\(reason)"
            } else {
                state.succeeded(at: .now)
                state.problem = outcome.findings.first.map { "\($0)" }
            }
        }
    }
}

extension RouteOutcome {
    /// What keeps pods from being reached, in a line.
    fileprivate var problem: String? {
        let complaints = complaints
        guard let first = complaints.first else { return nil }
        return complaints.count == 1 ? first : "\(first) (and \(complaints.count - 1) more)"
    }

    fileprivate var complaints: [String] {
        conflicts.map { "\($0)" } + findings.map { "\($0)" }
    }
}

extension PartState {
    fileprivate mutating func count(_ outcome: RouteOutcome) {
        for changes in [outcome.routes, outcome.neighbours, outcome.forwarding, outcome.tunnels] {
            self.changes["add", default: 0] += changes.added
            self.changes["replace", default: 0] += changes.replaced
            self.changes["remove", default: 0] += changes.removed
        }
    }
}

extension RouteOutcome.Changes: CustomStringConvertible {
    package var description: String { "+\(added) ~\(replaced) -\(removed)" }
}

extension NetworkState {
    /// How many there are of each.
    fileprivate var counts: [String: Int] {
        var counts = ["route": 0, "neighbour": 0, "forwarding": 0]
        for key in keys {
            switch key {
            case .route: counts["route", default: 0] += 1
            case .neighbour: counts["neighbour", default: 0] += 1
            case .forwarding: counts["forwarding", default: 0] += 1
            }
        }
        return counts
    }
}
