import CNftnl
import Platform

extension FakeRuleset {
    mutating func add(_ table: Table, _ existence: Command.Existence) throws(Errno) {
        let name = table.name
        guard let flags = tables[name]?.table.flags else {
            try table.flags.validate()
            return create(table)
        }
        if existence == .strict { throw .exists }
        try table.flags.validate()
        if table.flags != flags { try update(name, from: flags, to: table.flags) }
    }

    private mutating func create(_ table: Table) {
        let name = table.name
        lastTable += 1
        tables[name] = FakeTable(table: table, handle: lastTable)
        pending.count += 1
        if pending.validation.includesNewTables { pending.validation.always.insert(name) }
        onFailure {
            $0.tables[name] = nil
            $0.lastTable -= 1
        }
    }

    private mutating func update(
        _ name: TableName, from old: Table.Flags, to new: Table.Flags
    ) throws(Errno) {
        let isOrphan = old.intersection([.owner, .persist]) == .persist
        if old.contains(.owner), !new.contains(.owner) { throw .notSupported }
        if new.contains(.owner), !old.contains(.owner), !isOrphan { throw .notSupported }
        // The kernel minds an owner given to a table that has one, too.
        if new.contains(.owner), old.contains(.owner) { throw .notSupported }
        if old.contains(.persist) != new.contains(.persist) { throw .notSupported }
        // One change of whether hooks are registered is all a transaction can take back.
        if pending.updatedTables.contains(name) || pending.tablesWithChangedChains.contains(name) {
            throw .invalid
        }
        pending.updatedTables.insert(name)
        pending.count += 1
        tables[name]?.table.flags = new
        onFailure { $0.tables[name]?.table.flags = old }
    }

    mutating func delete(_ name: TableName, _ existence: Command.Existence) throws(Errno) {
        guard let table = tables.removeValue(forKey: name) else {
            if existence == .tolerant { return }
            throw .noSuchEntry
        }
        pending.count += 1
        onFailure { $0.tables[name] = table }
    }

    mutating func flush(_ name: TableName) throws(Errno) {
        guard let chains = tables[name]?.chains.keys else { throw .noSuchEntry }
        for chain in chains { try deleteRules(of: ChainName(name, chain)) }
    }
}

extension Table.Flags {
    fileprivate func validate() throws(Errno) {
        if !isSubset(of: [.dormant, .owner, .persist]) { throw .notSupported }
    }
}
