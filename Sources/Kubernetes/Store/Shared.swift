/// One object that tables, snapshots and threads share; it never changes.
package final class Shared<Object: KubernetesObject>: Sendable {
    package let value: Object

    package init(_ value: Object) { self.value = value }
}

/// The objects of a kind.
package typealias ObjectMap<Object: KubernetesObject> = PersistentMap<ObjectKey, Shared<Object>>

extension KubernetesObject {
    /// Whether this is the same state of the same object, as the server counts its states.
    func isSameState(as other: Self) -> Bool {
        let (mine, others) = (metadata, other.metadata)
        if mine.uid == others.uid, mine.resourceVersion == others.resourceVersion,
            !mine.resourceVersion.isEmpty
        {
            return true
        }
        return self == other
    }

    /// Whether only the resource version tells these apart: something changed that Weft does not keep.
    func saysTheSame(as other: Self) -> Bool {
        var copy = self
        copy.metadata.resourceVersion = other.metadata.resourceVersion
        return copy == other
    }
}
