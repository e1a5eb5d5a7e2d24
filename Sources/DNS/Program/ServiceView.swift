import Kubernetes
import Synchronization

/// What a service runs at the moment, for the threads that answer about it.
package final class ServiceView: Sendable {
    let book = AnswerBook()
    private let state = Mutex(State())
    private let readiness = Mutex(ReadyParts())

    package struct State: Sendable {
        var plan = ServerPlan()
        var indexes: [(settings: ClusterSettings, index: ClusterIndex)] = []
        var caches: [ResolverCache] = []
        var resolver: Resolver?
        var loops: LoopWatch?
        var store: ObjectStore?
        var queries: QueryLog?
    }

    func show(_ new: State) { state.withLock { $0 = new } }

    var current: State { state.withLock(\.self) }
}

extension ServiceView {
    /// The parts that cannot answer yet; those that could once are believed, unless `continuously`.
    package func unready(continuously: Bool) -> [String] {
        let state = current
        if state.plan.blocks.isEmpty { return ["configuration"] }
        let parts = state.parts
        return readiness.withLock { $0.unready(parts, continuously: continuously) }
    }
}

extension ServiceView.State {
    fileprivate var parts: [ReadyParts.Part] {
        indexes.map { settings, index in
            ReadyParts.Part(
                id: ObjectIdentifier(index), name: "kubernetes", isReady: index.isSynced)
        }
    }
}

/// Remembers which parts were ready once (D94).
struct ReadyParts {
    private var wereReady: Set<ObjectIdentifier> = []

    struct Part {
        let id: ObjectIdentifier
        let name: String
        let isReady: Bool
    }

    mutating func unready(_ parts: [Part], continuously: Bool) -> [String] {
        // Parts that are gone are forgotten with the configuration they were of.
        wereReady.formIntersection(parts.map(\.id))
        wereReady.formUnion(parts.filter(\.isReady).map(\.id))
        let missing = parts.filter { part in
            continuously ? !part.isReady : !wereReady.contains(part.id)
        }
        return Set(missing.map(\.name)).sorted()
    }
}
