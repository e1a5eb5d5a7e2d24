import CNftnl
import Platform

extension FakeRuleset {
    mutating func add(_ set: NamedSet, _ existence: Command.Existence) throws(Errno) {
        let name = set.name
        try set.validate()
        guard tables[name.table] != nil else { throw .noSuchEntry }
        if let old = self.set(name) { return try update(old, with: set, existence) }
        try set.requireImplementation()
        try set.validateExpressions()
        let handle = nextHandle(in: name.table)
        tables[name.table]?.sets[name.name] = FakeSet(set.normalized, handle: handle)
        pending.count += 1
        onFailure { $0.tables[name.table]?.sets[name.name] = nil }
        if set.flags.contains(.anonymous) { pending.unboundSets.insert(name) }
    }

    /// Adding a set again changes its times and size, and only when all has succeeded.
    private mutating func update(
        _ old: NamedSet, with new: NamedSet, _ existence: Command.Existence
    ) throws(Errno) {
        if existence == .strict { throw .exists }
        if old.flags.contains(.anonymous) { throw .notSupported }
        try new.validateExpressions()
        if !old.isSame(as: new) { throw .exists }
        pending.count += 1
        let name = old.name
        let handle = tables[name.table]?.sets[name.name]?.handle
        let changed = new.normalized
        onCommit {
            guard $0.tables[name.table]?.sets[name.name]?.handle == handle else { return }
            $0.tables[name.table]?.sets[name.name]?.set.timeout = changed.timeout
            $0.tables[name.table]?.sets[name.name]?.set.collectionInterval =
                changed.collectionInterval
            guard let size = changed.size else { return }
            $0.tables[name.table]?.sets[name.name]?.set.size = size
        }
    }

    mutating func delete(_ name: SetName, _ existence: Command.Existence) throws(Errno) {
        guard tables[name.table] != nil else { throw .noSuchEntry }
        guard let uses = tables[name.table]?.sets[name.name]?.uses else {
            if existence == .tolerant { return }
            throw .noSuchEntry
        }
        if uses > 0 { throw .busy }
        guard let set = tables[name.table]?.sets.removeValue(forKey: name.name) else { return }
        pending.count += 1
        onFailure { $0.tables[name.table]?.sets[name.name] = set }
        releaseTargets(of: set)
    }

    private mutating func releaseTargets(of set: FakeSet) {
        for (target, count) in set.targets {
            changeReferences(to: target, in: set.set.name.table, by: -count)
        }
    }
}

extension FakeRuleset {
    func set(_ name: SetName) -> NamedSet? { tables[name.table]?.sets[name.name]?.set }

    /// Takes note of a rule's expression that uses a set.
    mutating func bind(_ name: SetName) throws(Errno) {
        guard let flags = self.set(name)?.flags else { throw .noSuchEntry }
        let bindings = tables[name.table]?.sets[name.name]?.bindings ?? 0
        if flags.contains(.anonymous), bindings > 0 { throw .busy }
        changeUse(of: name, by: 1)
        tables[name.table]?.sets[name.name]?.bindings += 1
        pending.unboundSets.remove(name)
        onFailure { $0.tables[name.table]?.sets[name.name]?.bindings -= 1 }
    }

    /// The set is free at once, yet counts as bound until the transaction is committed.
    mutating func release(set: String, in table: TableName) {
        let name = SetName(table, set)
        changeUse(of: name, by: -1)
        if self.set(name)?.flags.contains(.anonymous) == true { return abandon(name) }
        let handle = tables[table]?.sets[set]?.handle
        onCommit {
            guard $0.tables[table]?.sets[set]?.handle == handle else { return }
            $0.tables[table]?.sets[set]?.bindings -= 1
        }
    }

    /// An anonymous set goes with the rule that uses it.
    private mutating func abandon(_ name: SetName) {
        guard let set = tables[name.table]?.sets.removeValue(forKey: name.name) else { return }
        onFailure { $0.tables[name.table]?.sets[name.name] = set }
        releaseTargets(of: set)
    }

    private mutating func changeUse(of name: SetName, by change: Int) {
        tables[name.table]?.sets[name.name]?.uses += change
        onFailure { $0.tables[name.table]?.sets[name.name]?.uses -= change }
    }
}
