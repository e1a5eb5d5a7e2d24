/// All objects of a kind, while they stream in to take the place of those that are held.
///
/// What is the same as before keeps its reference, so only the difference is ever stored twice.
package struct Replacement<Object: StoredObject>: Sendable {
    private let held: ObjectMap<Object>
    private var objects: ObjectMap<Object>
    /// Which of the held objects were met again.
    private var met: Set<ObjectKey> = []
    private var keepsTheRest = false

    init(of held: ObjectMap<Object>) {
        self.held = held
        self.objects = held
    }
}

extension Replacement {
    package mutating func stage(_ object: Object) {
        let key = object.key
        if !held.isEmpty { met.insert(key) }
        if let last = objects[key], object.isSameState(as: last.value) { return }
        objects[key] = Shared(object)
    }

    /// Takes back what was staged: the object has been deleted meanwhile.
    package mutating func unstage(_ key: ObjectKey) {
        met.remove(key)
        objects.remove(key)
    }

    /// Leaves an object as it is held: what came of it cannot be read.
    package mutating func keep(_ key: ObjectKey) { met.insert(key) }

    /// Leaves all held objects that do not come: one came that cannot even be named.
    package mutating func keepTheRest() { keepsTheRest = true }

    /// What there is once everything has been staged.
    consuming func finished() -> ObjectMap<Object> {
        guard !keepsTheRest else { return objects }
        for (key, _) in held where !met.contains(key) { objects.remove(key) }
        return objects
    }
}
