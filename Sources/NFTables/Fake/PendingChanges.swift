import Platform

/// What a transaction that is being applied has to remember until it is committed or fails.
struct PendingChanges: Sendable {
    typealias Step = @Sendable (inout FakeRuleset) -> Void

    /// Take back what was done, last first.
    var undo: [Step] = []
    /// What takes effect only when all commands have succeeded.
    var commit: [Step] = []
    /// The changes the kernel would have in its list; without any the generation stays.
    var count = 0
    /// Tables whose flags this transaction changes.
    var updatedTables: Set<TableName> = []
    /// Tables of which a chain is added again, or a base chain deleted.
    var tablesWithChangedChains: Set<TableName> = []
    /// Devices that chains get when all commands have succeeded.
    private var addedDevices: [ChainName: Set<String>] = [:]
    /// Anonymous sets that no rule uses yet.
    var unboundSets: Set<SetName> = []
    var validation = Validation()

    /// Which tables' jumps and hooks are to be checked, and when.
    struct Validation: Sendable {
        /// To be checked when all commands have succeeded.
        var atCommit: Set<TableName> = []
        /// To be checked after every command that adds rules or elements.
        var always: Set<TableName> = []
        /// Whether tables that this attempt makes are always checked.
        var includesNewTables = false
    }
}

extension PendingChanges {
    /// Takes note of devices for a chain; true if the transaction has added one of them before.
    mutating func addsDevices(_ devices: [String], to chain: ChainName) -> Bool {
        let known = addedDevices[chain] ?? []
        addedDevices[chain] = known.union(devices)
        return !known.isDisjoint(with: devices)
    }
}

extension FakeRuleset {
    mutating func onFailure(_ step: @escaping PendingChanges.Step) { pending.undo.append(step) }

    mutating func onCommit(_ step: @escaping PendingChanges.Step) { pending.commit.append(step) }

    mutating func needValidation(of table: TableName) { pending.validation.atCommit.insert(table) }
}

extension FakeRuleset {
    /// Runs all commands and commits; a table that would be invalid is returned instead.
    mutating func attempt(_ transaction: Transaction) throws(NFTablesError) -> TableName? {
        for (index, command) in transaction.commands.enumerated() {
            do throws(Errno) {
                try run(command)
            } catch {
                rollBack()
                throw NFTablesError(.refused(error), command.title, command: index)
            }
        }
        guard pending.unboundSets.isEmpty else {
            rollBack()
            throw refusal(.invalid, of: transaction)
        }
        if let invalid = firstInvalidTable() { return invalid }
        commit()
        return nil
    }

    /// Runs the commands again, to find the one that makes the table invalid, as the kernel does.
    mutating func attemptValidating(
        _ transaction: Transaction, _ table: TableName
    ) throws(NFTablesError) {
        rollBack()
        pending.validation = .init(always: [table], includesNewTables: true)
        if try attempt(transaction) == nil { return }
        rollBack()
        throw refusal(.wouldBlock, of: transaction)
    }

    /// For what is wrong with all of a transaction the kernel blames its first command.
    private func refusal(_ errno: Errno, of transaction: Transaction) -> NFTablesError {
        NFTablesError(.refused(errno), transaction.commands[0].title, command: 0)
    }

    private mutating func rollBack() {
        let undo = pending.undo
        pending = PendingChanges()
        for step in undo.reversed() { step(&self) }
    }

    private mutating func commit() {
        let finished = pending
        pending = PendingChanges()
        for step in finished.commit { step(&self) }
        guard finished.count > 0 else { return }
        generationNumber &+= 1
        // The kernel never uses 0, which means "any".
        if generationNumber == 0 { generationNumber = 1 }
    }

    private mutating func run(_ command: Command) throws(Errno) {
        switch command {
        case .addTable(let table, let existence): try add(table, existence)
        case .deleteTable(let name, let existence): try delete(name, existence)
        case .flushTable(let name): try flush(name)
        case .addChain(let chain, let existence): try add(chain, existence)
        case .deleteChain(let name, let existence): try delete(name, existence)
        case .flushChain(let name): try flush(name)
        case .addRule(let rule, let placement): try add(rule, placement)
        case .replaceRule(let handle, let rule): try replace(handle, rule)
        case .deleteRule(let chain, let handle): try delete(handle, in: chain)
        case .addSet(let set, let existence): try add(set, existence)
        case .deleteSet(let name, let existence): try delete(name, existence)
        case .flushSet(let name): try flush(name)
        case .addElements(let list, let target, let existence):
            try add(list, to: target, existence)
        case .deleteElements(let list, let target, let existence):
            try delete(list, from: target, existence)
        }
    }
}
