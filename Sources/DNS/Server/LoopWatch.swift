import Synchronization

/// Notices that what is forwarded comes back, by names that only we know (D89).
///
/// A pool that leads back to us is not asked until its name no longer does.
package final class LoopWatch: Sendable {
    private let state = Mutex(State())
    /// Whether there are names to look for; nearly always none.
    private let isProbing = Atomic(false)

    private struct State {
        /// Names that were sent to pools.
        var probes: [DomainName: Int] = [:]
        var looping: Set<Int> = []
    }

    package init() {}
}

extension LoopWatch {
    func isLooping(_ pool: Int) -> Bool { state.withLock { $0.looping.contains(pool) } }

    package var loopingPools: Set<Int> { state.withLock(\.looping) }

    /// Looks for a name that is about to be sent to a pool.
    package func begin(_ name: DomainName, pool: Int) {
        state.withLock { $0.probes[name] = pool }
        isProbing.store(true, ordering: .releasing)
    }

    /// Ends looking for a name; true if it has come back.
    package func end(_ name: DomainName, pool: Int) -> Bool {
        state.withLock { state in
            // Whoever saw it has taken it out.
            let cameBack = state.probes.removeValue(forKey: name) == nil
            if cameBack { state.looping.insert(pool) } else { state.looping.remove(pool) }
            isProbing.store(!state.probes.isEmpty, ordering: .releasing)
            return cameBack
        }
    }

    /// Notes a question that may be one of ours.
    @inline(__always)
    func see(_ name: borrowing QuestionName, _ type: RecordType) {
        guard type == .hinfo, isProbing.load(ordering: .acquiring) else { return }
        let name = name.domainName
        state.withLock { state in
            if let pool = state.probes.removeValue(forKey: name) { state.looping.insert(pool) }
        }
    }
}
