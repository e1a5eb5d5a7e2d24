package import Kubernetes
package import Platform
import Synchronization

/// The objects that API servers serve; who holds this changes them, from any thread.
package final class APIObjects: Sendable {
    private let state: Mutex<ServedState>

    package init(_ objects: ServedObjects) throws(ObjectError) {
        var state = ServedState()
        for object in objects.all { _ = try state.put(object) }
        state.begin()
        self.state = Mutex(state)
    }
}

extension APIObjects {
    /// Adds an object, or replaces the one of its name; says when watchers were about to be told.
    @discardableResult
    package func put(_ object: any KubernetesObject) throws(ObjectError) -> MonotonicTime {
        try change { state throws(ObjectError) in try state.put(object) }
    }

    /// Deletes an object, if there is one.
    @discardableResult
    package func delete(
        _ kind: Kind, _ key: ObjectKey
    ) throws(ObjectError) -> MonotonicTime? {
        try change { state throws(ObjectError) in try state.delete(kind, key) }
    }

    /// The state after the last change, as resource versions name it.
    package var version: UInt64 { state.withLock(\.version) }

    /// How many are told of changes of a kind.
    package func watchCount(of kind: Kind) -> Int { state.withLock { $0.watchCount(of: kind) } }
}

extension APIObjects {
    func find(_ kind: Kind, _ key: ObjectKey) -> (any KubernetesObject)? {
        state.withLock { $0[kind][key] }
    }

    func change<Value>(
        _ body: (inout ServedState) throws(ObjectError) -> Value
    ) throws(ObjectError) -> Value {
        try state.withLock { state throws(ObjectError) in try body(&state) }
    }

    func endWatches(of outlet: Outlet) { state.withLock { $0.endWatches(of: outlet) } }

    func sendBookmarks(by outlets: Set<ObjectIdentifier>) throws(ObjectError) {
        try change { state throws(ObjectError) in try state.sendBookmarks(by: outlets) }
    }
}
