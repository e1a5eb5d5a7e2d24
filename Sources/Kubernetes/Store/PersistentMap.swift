/// A table whose copies cost nothing and share all that has not changed since.
///
/// A hash trie: each branch looks at five bits of the hash. Its parts are arrays, so Swift's own
/// copying on write is the path copying: what only this table refers to is changed in place.
/// Hashes are seeded anew in every process, so nobody can choose keys whose hashes are alike.
package struct PersistentMap<Key: Hashable, Value> {
    private(set) var root = Branch()
    package private(set) var count = 0

    package init() {}
}

extension PersistentMap: Sendable where Key: Sendable, Value: Sendable {}

extension PersistentMap {
    package var isEmpty: Bool { count == 0 }

    package subscript(_ key: Key) -> Value? {
        get { root.value(of: key, HashPath(of: key)) }
        set {
            if let newValue {
                let entry = Entry(key: key, value: newValue)
                if root.set(entry, HashPath(of: key)) { count += 1 }
            } else {
                remove(key)
            }
        }
    }

    @discardableResult
    package mutating func remove(_ key: Key) -> Value? {
        let path = HashPath(of: key)
        // Looked up before, so that nothing is copied when there is nothing to remove.
        guard let value = root.value(of: key, path) else { return nil }
        root.remove(key, path)
        count -= 1
        return value
    }
}

extension PersistentMap {
    struct Entry {
        let key: Key
        var value: Value
    }
}

extension PersistentMap.Entry: Sendable where Key: Sendable, Value: Sendable {}

/// The part of a hash that is left on the way down.
struct HashPath {
    private var bits: UInt
    private(set) var depth: Int

    init<Key: Hashable>(of key: Key, depth: Int = 0) {
        let hash = UInt(bitPattern: key.hashValue)
        self.bits = depth < Self.depthLimit ? hash >> (UInt(depth) * Self.width) : 0
        self.depth = depth
    }

    /// Whether keys that came here have the same hash.
    var isExhausted: Bool { depth >= Self.depthLimit }

    /// The place in a branch, as the one bit of it that is set.
    var bit: UInt32 { 1 << UInt32(bits & 31) }

    var next: HashPath {
        var path = self
        path.bits >>= Self.width
        path.depth += 1
        return path
    }

    private static var width: UInt { 5 }
    /// After 13 times 5 bits there is nothing left of 64.
    static var depthLimit: Int { 13 }
}
