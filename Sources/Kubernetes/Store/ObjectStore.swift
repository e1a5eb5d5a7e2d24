import Synchronization

/// What consumers know of the cluster: a snapshot that its one writer replaces.
///
/// Readers on any thread copy the snapshot out and never wait for work to be done.
package final class ObjectStore: Sendable {
    private struct Published {
        var snapshot = Snapshot()
        var listeners: [Listener] = []
    }

    private let published = Mutex(Published())

    init() {}
}

/// Who is told that there is something to look at.
final class Listener: Sendable {
    let kinds: Set<Kind>
    private let wake: @Sendable () -> Void
    private let isWoken = Atomic(false)

    init(_ kinds: Set<Kind>, _ wake: @escaping @Sendable () -> Void) {
        self.kinds = kinds
        self.wake = wake
    }

    /// Wakes once until `rearm`.
    func wakeUp() {
        if !isWoken.exchange(true, ordering: .acquiringAndReleasing) { wake() }
    }

    func rearm() { isWoken.store(false, ordering: .sequentiallyConsistent) }
}

extension ObjectStore {
    package var snapshot: Snapshot { published.withLock { $0.snapshot } }

    /// Remembers, for a consumer, what it has seen of some kinds; forgotten when it is dropped.
    ///
    /// `wake` is called on the writer's thread when there is something to look at, once until
    /// the next look, and also right away: there is a first look to take. It must be short.
    package func subscribe(
        to kinds: Set<Kind>, wake: @escaping @Sendable () -> Void
    ) -> Subscription {
        let listener = Listener(kinds, wake)
        published.withLock { $0.listeners.append(listener) }
        listener.wakeUp()
        return Subscription(self, listener)
    }

    func forget(_ listener: Listener) {
        published.withLock { $0.listeners.removeAll { $0 === listener } }
    }

    /// Replaces the snapshot, and wakes those who want to know of the changed kinds.
    func publish(_ snapshot: Snapshot, changed kinds: Set<Kind>) {
        var last = snapshot
        let listeners = published.withLock {
            swap(&$0.snapshot, &last)
            return $0.listeners
        }
        // The last snapshot ends here, outside the lock: it may be the only owner of much.
        for listener in listeners where !listener.kinds.isDisjoint(with: kinds) {
            listener.wakeUp()
        }
    }
}
