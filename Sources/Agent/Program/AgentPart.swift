package import Platform

/// What an agent is made of.
package enum AgentPart: String, CaseIterable, Hashable, Sendable {
    case routes
    case masquerade
    case cni
    case proxy
    case dns
}

/// How a part does.
package struct PartState: Hashable, Sendable {
    /// Whether all there was to do has been done once.
    package var isReady = false
    /// What keeps the part from its work at the moment; nil if nothing does.
    package var problem: String?
    /// The last that went wrong, and when.
    package var lastError: LastError?
    package var errors = 0
    /// When the node last became what it should be.
    package var lastSync: Moment?
    /// Objects in the kernel, or in files, by what they are.
    package var counts: [String: Int] = [:]
    /// How many changes there have been, by what was done.
    package var changes: [String: Int] = [:]

    package struct LastError: Hashable, Sendable {
        package let text: String
        package let time: WallTime
    }

    package init() {}
}

extension PartState {
    mutating func succeeded(at now: Moment) {
        isReady = true
        problem = nil
        lastSync = now
    }

    mutating func failed(_ text: String, at now: Moment) {
        problem = text
        lastError = LastError(text: text, time: now.wall)
        errors += 1
    }

    /// What a part says of itself, and what its thread has met.
    func joined(with thread: PartState) -> PartState {
        var state = self
        state.problem = thread.problem ?? problem
        state.lastError = thread.lastError ?? lastError
        state.errors += thread.errors
        return state
    }
}
