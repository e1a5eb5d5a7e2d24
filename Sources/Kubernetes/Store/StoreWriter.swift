package import Platform

/// Changes the objects of a store; there is one for each store.
///
/// The writer decides what is true: it must not put an older state of an object over a newer one,
/// nor put back what is deleted. `ListWatch` orders what a server says so that this holds.
///
/// What is written is seen together, at `publish`.
package struct StoreWriter: ~Copyable, Sendable {
    package let store = ObjectStore()
    private var snapshot = Snapshot()
    private var changed: Set<Kind> = []

    package init() {}
}

extension StoreWriter {
    /// Adds an object, or replaces the one of its name.
    package mutating func put<Object: StoredObject>(_ object: Object) {
        let key = object.key
        let before = snapshot[keyPath: Object.place][key]
        if let before, object.isSameState(as: before.value) { return }
        let now = Shared(object)
        snapshot[keyPath: Object.place][key] = now
        note(Change(key: key, before: before, now: now))
    }

    /// Removes an object; nothing happens if there is none.
    package mutating func delete<Object: StoredObject>(_ type: Object.Type, _ key: ObjectKey) {
        guard let before = snapshot[keyPath: Object.place].remove(key) else { return }
        note(Change(key: key, before: before, now: nil))
    }

    package func count<Object: StoredObject>(of type: Object.Type) -> Int {
        snapshot[keyPath: Object.place].count
    }

    private mutating func note<Object: StoredObject>(_ change: Change<Object>) {
        Object.index(change.before, change.now, in: &snapshot)
        if change.isVisible { changed.insert(Object.kind) }
    }

    /// Notes that the server has just spoken of a kind.
    package mutating func noteContact(_ kind: Kind, at now: MonotonicTime) {
        snapshot[state: kind].lastContact = now
    }

    /// Shows consumers all that was written since the last time.
    package mutating func publish() {
        if !changed.isEmpty { snapshot.version += 1 }
        store.publish(snapshot, changed: changed)
        changed = []
    }
}

extension StoreWriter {
    /// Begins to replace all objects of a kind; what is dropped instead of committed has no effect.
    package func beginReplacement<Object: StoredObject>(
        of type: Object.Type
    ) -> Replacement<Object> {
        Replacement(of: snapshot[keyPath: Object.place])
    }

    /// Puts a complete list in the place of all objects of its kind, which is synced by that.
    ///
    /// Nothing else may have been written to the kind since the replacement began.
    package mutating func commit<Object: StoredObject>(_ replacement: consuming Replacement<Object>)
    {
        let before = snapshot[keyPath: Object.place]
        let now = replacement.finished()
        snapshot[keyPath: Object.place] = now
        now.changes(since: before) { key, before, now in
            if before !== now { note(Change(key: key, before: before, now: now)) }
        }
        if !snapshot[state: Object.kind].isSynced {
            snapshot[state: Object.kind].isSynced = true
            changed.insert(Object.kind)
        }
    }
}
