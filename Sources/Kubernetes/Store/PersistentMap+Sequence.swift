/// In no particular order.
extension PersistentMap: Sequence {
    package struct Iterator: IteratorProtocol {
        /// The branches that are not finished, and what comes next in the last of them.
        private var branches: [Branch]
        private var entry = 0

        init(_ root: Branch) { self.branches = [root] }

        package mutating func next() -> (key: Key, value: Value)? {
            while let branch = branches.last {
                if entry < branch.entries.count {
                    defer { entry += 1 }
                    return (branch.entries[entry].key, branch.entries[entry].value)
                }
                branches.removeLast()
                branches += branch.children
                entry = 0
            }
            return nil
        }
    }

    package func makeIterator() -> Iterator { Iterator(root) }

    package var underestimatedCount: Int { count }
}

extension PersistentMap.Iterator: Sendable where Key: Sendable, Value: Sendable {}
