package import Platform
import Synchronization

/// How an agent does, for any thread to tell and to ask.
package final class AgentState: Sendable {
    package let nodeName: String
    package let start = Moment.now
    private let parts: Mutex<[AgentPart: PartState]>
    /// Parts on other threads, which are asked when somebody wants to know.
    private let observed = Mutex<[AgentPart: @Sendable () -> PartState]>([:])

    /// Of the parts that are switched on.
    package init(nodeName: String, parts: Set<AgentPart>) {
        self.nodeName = nodeName
        self.parts = Mutex(
            Dictionary(uniqueKeysWithValues: parts.map { ($0, PartState()) }))
    }

    /// Has a part that knows itself how it does asked for it.
    package func observe(_ part: AgentPart, _ body: @escaping @Sendable () -> PartState) {
        observed.withLock { $0[part] = body }
    }
}

extension AgentState {
    package var current: [AgentPart: PartState] {
        var states = parts.withLock(\.self)
        for (part, body) in observed.withLock(\.self) where states[part] != nil {
            let seen = body()
            states[part] = states[part].map { seen.joined(with: $0) }
        }
        return states
    }

    /// Does nothing for a part that is switched off.
    package func update(_ part: AgentPart, _ body: (inout PartState) -> Void) {
        parts.withLock { parts in
            guard var state = parts[part] else { return }
            body(&state)
            parts[part] = state
        }
    }

    /// Takes in that a part could not do its work.
    package func failed(_ part: AgentPart, _ text: String) {
        update(part) { $0.failed(text, at: .now) }
    }

    /// The parts that have not done their work once.
    package var unready: [AgentPart] {
        let parts = current
        return AgentPart.allCases.filter { parts[$0].map { !$0.isReady } ?? false }
    }
}
