import Synchronization

/// What one consumer has seen, so that it is told only what changed since.
package final class Subscription: Sendable {
    private let store: ObjectStore
    private let listener: Listener
    private let seen = Mutex(Snapshot())

    init(_ store: ObjectStore, _ listener: Listener) {
        self.store = store
        self.listener = listener
    }

    deinit { store.forget(listener) }
}

extension Subscription {
    /// All kinds at one version, and what changed since the last look; at first, since nothing.
    ///
    /// Changes that undid each other in between are no changes.
    package func look() -> Look {
        // Before the snapshot is read: what comes after that wakes again.
        listener.rearm()
        return seen.withLock { seen in
            let look = Look(before: seen, snapshot: store.snapshot)
            seen = look.snapshot.restricted(to: listener.kinds)
            return look
        }
    }

    /// What the next look will tell so far; it stays to be told.
    package var pending: Look { Look(before: seen.withLock(\.self), snapshot: store.snapshot) }
}

/// What a consumer sees when it looks.
package struct Look: Sendable {
    fileprivate let before: Snapshot
    package let snapshot: Snapshot
}

/// An object that is not what it was.
package struct Change<Object: KubernetesObject>: Sendable {
    package let key: ObjectKey
    /// Nothing if the object was added.
    package let before: Shared<Object>?
    /// Nothing if the object was deleted.
    package let now: Shared<Object>?

    /// Whether one object was deleted and another of the same name added.
    package var isReplacement: Bool {
        guard let before, let now else { return false }
        return before.value.metadata.uid != now.value.metadata.uid
    }
}

extension Look {
    /// What changed among the objects of a kind that was subscribed to; the cost follows the changes.
    @specialized(where Object == Service)
    @specialized(where Object == EndpointSlice)
    @specialized(where Object == Node)
    @specialized(where Object == Pod)
    @specialized(where Object == Namespace)
    @specialized(where Object == NetworkPolicy)
    @specialized(where Object == ServiceCIDR)
    package func changes<Object: StoredObject>(of type: Object.Type) -> [Change<Object>] {
        var changes: [Change<Object>] = []
        snapshot.objects(of: type).changes(since: before.objects(of: type)) { key, before, now in
            let change = Change(key: key, before: before, now: now)
            if change.isVisible { changes.append(change) }
        }
        return changes
    }

    /// Whether a first complete list was applied since the last look.
    package func becameSynced(_ kind: Kind) -> Bool {
        snapshot[state: kind].isSynced && !before[state: kind].isSynced
    }
}

extension Change {
    /// Whether there is anything to tell.
    var isVisible: Bool {
        guard let before, let now else { return before !== now }
        return before !== now && !now.value.saysTheSame(as: before.value)
    }
}
