extension FakeRuleset {
    /// Removes the elements of a table whose time has come.
    mutating func removeExpired(from name: TableName) {
        pending = PendingChanges()
        defer { pending = PendingChanges() }
        let sets = tables[name]?.sets.filter { $0.value.set.flags.contains(.timeout) }.keys
        for set in sets.map(Array.init) ?? [] {
            let now = now
            let expired = tables[name]?.sets[set]?.removeExpired(at: now) ?? []
            for element in expired { release(element.target, in: name) }
        }
    }
}

extension FakeSet {
    fileprivate mutating func removeExpired(at now: UInt64) -> [FakeElement] {
        var expired = elements.removeExpired(at: now)
        if let element = catchAll, element.isExpired(at: now) {
            expired.append(element)
            catchAll = nil
        }
        for element in expired { forgetTarget(of: element) }
        return expired
    }
}
