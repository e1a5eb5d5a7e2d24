package import Platform
import Synchronization

/// How an agent does, for any thread to tell and to ask.
package final class AgentState: Sendable {
    package let nodeName: String
    package let start = Moment.now
    private let parts: Mutex<[AgentPart: PartState]>

    /// Of the parts that are switched on.
    package init(nodeName: String, parts: Set<AgentPart>) {
        self.nodeName = nodeName
        self.parts = Mutex(
            Dictionary(uniqueKeysWithValues: parts.map { ($0, PartState()) }))
    }
}

extension AgentState {
    package var current: [AgentPart: PartState] { parts.withLock(\.self) }

    /// Does nothing for a part that is switched off.
    package func update(_ part: AgentPart, _ body: (inout PartState) -> Void) {
        parts.withLock { parts in
            guard var state = parts[part] else { return }
            body(&state)
            parts[part] = state
        }
    }

    /// The parts that have not done their work once.
    package var unready: [AgentPart] {
        let parts = current
        return AgentPart.allCases.filter { parts[$0].map { !$0.isReady } ?? false }
    }
}
