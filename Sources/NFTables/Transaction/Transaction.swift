/// Commands that take effect together or not at all.
///
/// A transaction is inert: it can be printed, compared and applied to the kernel or to a fake one.
package struct Transaction: Hashable, Sendable {
    package private(set) var commands: [Command] = []

    package init() {}

    package var isEmpty: Bool { commands.isEmpty }

    package mutating func append(_ command: Command) { commands.append(command) }

    package mutating func append(_ other: Transaction) { commands += other.commands }
}

extension Transaction {
    package mutating func add(_ table: Table, _ existence: Command.Existence = .tolerant) {
        commands.append(.addTable(table, existence))
    }

    package mutating func delete(_ table: TableName, _ existence: Command.Existence = .strict) {
        commands.append(.deleteTable(table, existence))
    }

    package mutating func flush(_ table: TableName) { commands.append(.flushTable(table)) }

    package mutating func add(_ chain: Chain, _ existence: Command.Existence = .tolerant) {
        commands.append(.addChain(chain, existence))
    }

    package mutating func delete(_ chain: ChainName, _ existence: Command.Existence = .strict) {
        commands.append(.deleteChain(chain, existence))
    }

    package mutating func flush(_ chain: ChainName) { commands.append(.flushChain(chain)) }

    package mutating func add(_ rule: Rule, _ placement: Command.Placement = .last) {
        commands.append(.addRule(rule, placement))
    }

    package mutating func replace(_ handle: RuleHandle, with rule: Rule) {
        commands.append(.replaceRule(handle, rule))
    }

    package mutating func delete(_ handle: RuleHandle, in chain: ChainName) {
        commands.append(.deleteRule(chain, handle))
    }

    package mutating func add(_ set: NamedSet, _ existence: Command.Existence = .tolerant) {
        commands.append(.addSet(set, existence))
    }

    package mutating func delete(_ set: SetName, _ existence: Command.Existence = .strict) {
        commands.append(.deleteSet(set, existence))
    }

    package mutating func flush(_ set: SetName) { commands.append(.flushSet(set)) }

    package mutating func add(
        _ elements: ElementList, to set: NamedSet, _ existence: Command.Existence = .tolerant
    ) {
        if !elements.isEmpty {
            commands.append(.addElements(elements, ElementTarget(set), existence))
        }
    }

    package mutating func delete(
        _ elements: ElementList, from set: NamedSet, _ existence: Command.Existence = .strict
    ) {
        if !elements.isEmpty {
            commands.append(.deleteElements(elements, ElementTarget(set), existence))
        }
    }
}
