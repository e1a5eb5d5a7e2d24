extension PersistentMap {
    /// Calls `body` with the value before and now of each key that may have changed since `old`.
    ///
    /// What both tables share is passed over, so the cost follows the changes and not the size. Among
    /// the keys are neighbours of changed ones, with the same value twice.
    package func changes(
        since old: Self, _ body: (_ key: Key, _ before: Value?, _ now: Value?) -> Void
    ) {
        compare(root, old.root, depth: 0, old, body)
    }

    private func compare(
        _ branch: Branch, _ other: Branch, depth: Int, _ old: Self,
        _ body: (Key, Value?, Value?) -> Void
    ) {
        if branch.isIdentical(to: other) { return }
        if depth >= HashPath.depthLimit { return compareAll(in: branch, other, old, body) }
        var places = branch.places | other.places
        while places != 0 {
            let bit = places & (0 &- places)
            places ^= bit
            if let child = branch.child(at: bit), let otherChild = other.child(at: bit) {
                compare(child, otherChild, depth: depth + 1, old, body)
            } else if let entry = branch.entry(at: bit), let otherEntry = other.entry(at: bit),
                entry.key == otherEntry.key
            {
                body(entry.key, otherEntry.value, entry.value)
            } else {
                compareAll(in: branch.part(at: bit), other.part(at: bit), old, body)
            }
        }
    }

    /// Compares parts of different shape, whose keys are looked up in the other table.
    private func compareAll(
        in part: Branch, _ otherPart: Branch, _ old: Self, _ body: (Key, Value?, Value?) -> Void
    ) {
        for (key, value) in Self.Iterated(part) { body(key, old[key], value) }
        for (key, value) in Self.Iterated(otherPart) where self[key] == nil {
            body(key, value, nil)
        }
    }

    private struct Iterated: Sequence {
        private let branch: Branch

        init(_ branch: Branch) { self.branch = branch }
        func makeIterator() -> Iterator { Iterator(branch) }
    }
}

extension PersistentMap.Branch {
    fileprivate var places: UInt32 { entryBits | childBits }

    /// Whether both are one and the same in memory.
    fileprivate func isIdentical(to other: Self) -> Bool {
        entryBits == other.entryBits && childBits == other.childBits
            && entries.span.isIdentical(to: other.entries.span)
            && children.span.isIdentical(to: other.children.span)
    }

    /// What is at one place, as a branch.
    fileprivate func part(at bit: UInt32) -> Self {
        if let child = child(at: bit) { return child }
        return entry(at: bit).map { Self(entries: [$0]) } ?? Self()
    }
}
