extension PersistentMap {
    /// What is at each of 32 places: an entry, a branch further down, or nothing.
    ///
    /// Where hashes are exhausted, the entries are a plain list.
    struct Branch {
        private(set) var entryBits: UInt32 = 0
        private(set) var childBits: UInt32 = 0
        private(set) var entries: [Entry] = []
        private(set) var children: [Branch] = []
    }
}

extension PersistentMap.Branch: Sendable where Key: Sendable, Value: Sendable {}

extension PersistentMap.Branch {
    typealias Entry = PersistentMap.Entry

    func entry(at bit: UInt32) -> Entry? {
        entryBits & bit == 0 ? nil : entries[entryBits.rank(of: bit)]
    }

    func child(at bit: UInt32) -> Self? {
        childBits & bit == 0 ? nil : children[childBits.rank(of: bit)]
    }

    func value(of key: Key, _ path: HashPath) -> Value? {
        if path.isExhausted { return entries.first { $0.key == key }?.value }
        if childBits & path.bit != 0 {
            return children[childBits.rank(of: path.bit)].value(of: key, path.next)
        }
        guard let entry = entry(at: path.bit), entry.key == key else { return nil }
        return entry.value
    }

    /// Puts an entry in the place of its key's last; true if there was none.
    mutating func set(_ entry: Entry, _ path: HashPath) -> Bool {
        if path.isExhausted { return setAmongAlike(entry) }
        if childBits & path.bit != 0 {
            return children[childBits.rank(of: path.bit)].set(entry, path.next)
        }
        let index = entryBits.rank(of: path.bit)
        if entryBits & path.bit == 0 {
            entries.insertTightly(entry, at: index)
            entryBits |= path.bit
            return true
        }
        if entries[index].key == entry.key {
            entries[index].value = entry.value
            return false
        }
        moveDown(path, with: entry)
        return true
    }

    /// Makes a branch of the entry that stands where another has to go.
    private mutating func moveDown(_ path: HashPath, with entry: Entry) {
        let other = entries.remove(at: entryBits.rank(of: path.bit))
        entryBits ^= path.bit
        var child = Self()
        _ = child.set(other, HashPath(of: other.key, depth: path.depth + 1))
        _ = child.set(entry, path.next)
        children.insertTightly(child, at: childBits.rank(of: path.bit))
        childBits |= path.bit
    }

    private mutating func setAmongAlike(_ entry: Entry) -> Bool {
        guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
            entries.insertTightly(entry, at: entries.count)
            return true
        }
        entries[index].value = entry.value
        return false
    }

    /// Removes a key that is there.
    mutating func remove(_ key: Key, _ path: HashPath) {
        if path.isExhausted {
            entries.removeAll { $0.key == key }
        } else if childBits & path.bit != 0 {
            let index = childBits.rank(of: path.bit)
            children[index].remove(key, path.next)
            if let last = children[index].onlyEntry { moveUp(last, path) }
        } else {
            entries.remove(at: entryBits.rank(of: path.bit))
            entryBits ^= path.bit
        }
    }

    private var onlyEntry: Entry? {
        entries.count == 1 && children.isEmpty ? entries.first : nil
    }

    /// Puts the last entry of a branch into the branch's own place.
    private mutating func moveUp(_ entry: Entry, _ path: HashPath) {
        children.remove(at: childBits.rank(of: path.bit))
        childBits ^= path.bit
        entries.insertTightly(entry, at: entryBits.rank(of: path.bit))
        entryBits |= path.bit
    }
}

extension UInt32 {
    /// How many places are taken before the one that `bit` stands for.
    fileprivate func rank(of bit: UInt32) -> Int { (self & (bit &- 1)).nonzeroBitCount }
}

extension Array {
    /// Inserts without the room to spare that arrays take when they grow.
    fileprivate mutating func insertTightly(_ element: Element, at index: Int) {
        if count < capacity { return insert(element, at: index) }
        var grown: [Element] = []
        grown.reserveCapacity(count + 1)
        grown += self[..<index]
        grown.append(element)
        grown += self[index...]
        self = grown
    }
}
