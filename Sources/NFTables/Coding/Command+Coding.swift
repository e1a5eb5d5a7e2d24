import CMnl
import CNftnl
import Netlink

extension Batch {
    /// Writes a command's messages: one, or as many as its elements need.
    mutating func write(_ command: Command) throws(NFTablesError) {
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
            try write(list, to: target, .newElements, flags: existence.addFlags)
        case .deleteElements(let list, let target, let existence):
            try write(list, to: target, existence.choose(.deleteElements, .destroyElements))
        }
    }
}

extension Batch {
    private mutating func add(
        _ table: Table, _ existence: Command.Existence
    ) throws(NFTablesError) {
        try Name.validate(table.name.name, of: "table")
        try message(.newTable, table.name.family, flags: existence.addFlags) {
            writer throws(NFTablesError) in try table.write(into: &writer)
        }
    }

    private mutating func delete(
        _ table: TableName, _ existence: Command.Existence
    ) throws(NFTablesError) {
        try message(existence.choose(.deleteTable, .destroyTable), table.family) {
            writer throws(NFTablesError) in writer.put(NFTA_TABLE_NAME, string: table.name)
        }
    }

    private mutating func flush(_ table: TableName) throws(NFTablesError) {
        // Deleting rules without naming a chain or a rule deletes all.
        try message(.deleteRule, table.family) { writer throws(NFTablesError) in
            writer.put(NFTA_RULE_TABLE, string: table.name)
        }
    }
}

extension Batch {
    private mutating func add(
        _ chain: Chain, _ existence: Command.Existence
    ) throws(NFTablesError) {
        try Name.validate(chain.name.name, of: "chain")
        try message(.newChain, chain.name.table.family, flags: existence.addFlags) {
            writer throws(NFTablesError) in try chain.write(into: &writer)
        }
    }

    private mutating func delete(
        _ chain: ChainName, _ existence: Command.Existence
    ) throws(NFTablesError) {
        try message(existence.choose(.deleteChain, .destroyChain), chain.table.family) {
            writer throws(NFTablesError) in
            writer.put(NFTA_CHAIN_TABLE, string: chain.table.name)
            writer.put(NFTA_CHAIN_NAME, string: chain.name)
        }
    }

    private mutating func flush(_ chain: ChainName) throws(NFTablesError) {
        try message(.deleteRule, chain.table.family) { writer throws(NFTablesError) in
            writer.putRuleHeader(of: chain)
        }
    }
}

extension Batch {
    private mutating func add(
        _ rule: Rule, _ placement: Command.Placement
    ) throws(NFTablesError) {
        try message(.newRule, rule.chain.table.family, flags: NLM_F_CREATE | placement.flags) {
            writer throws(NFTablesError) in
            try rule.write(into: &writer)
            if let handle = placement.neighbour {
                writer.put(NFTA_RULE_POSITION, number: handle.rawValue)
            }
        }
    }

    private mutating func replace(_ handle: RuleHandle, _ rule: Rule) throws(NFTablesError) {
        try message(.newRule, rule.chain.table.family, flags: NLM_F_REPLACE) {
            writer throws(NFTablesError) in
            try rule.write(into: &writer)
            writer.put(NFTA_RULE_HANDLE, number: handle.rawValue)
        }
    }

    private mutating func delete(
        _ handle: RuleHandle, in chain: ChainName
    ) throws(NFTablesError) {
        try message(.deleteRule, chain.table.family) { writer throws(NFTablesError) in
            writer.putRuleHeader(of: chain)
            writer.put(NFTA_RULE_HANDLE, number: handle.rawValue)
        }
    }
}

extension Batch {
    private mutating func add(
        _ set: NamedSet, _ existence: Command.Existence
    ) throws(NFTablesError) {
        try Name.validate(set.name.name, of: "set")
        try message(.newSet, set.name.table.family, flags: existence.addFlags) {
            writer throws(NFTablesError) in try set.write(into: &writer)
        }
    }

    private mutating func delete(
        _ set: SetName, _ existence: Command.Existence
    ) throws(NFTablesError) {
        try message(existence.choose(.deleteSet, .destroySet), set.table.family) {
            writer throws(NFTablesError) in
            writer.put(NFTA_SET_TABLE, string: set.table.name)
            writer.put(NFTA_SET_NAME, string: set.name)
        }
    }

    private mutating func flush(_ set: SetName) throws(NFTablesError) {
        // Deleting elements without naming any deletes all.
        try message(.deleteElements, set.table.family) { writer throws(NFTablesError) in
            writer.putElementsHeader(of: set)
        }
    }

    /// The content of an attribute must stay below 64 KiB, so long lists take several messages.
    private static let elementBytesPerMessage = 60_000

    private mutating func write(
        _ elements: ElementList, to target: ElementTarget, _ type: MessageType, flags: Int32 = 0
    ) throws(NFTablesError) {
        if let chain = elements.faultyChain { try Name.validate(chain, of: "chain") }
        var rest: PackedIndex? = PackedIndex()
        while let start = rest {
            try message(type, target.set.table.family, flags: flags) {
                writer throws(NFTablesError) in
                writer.putElementsHeader(of: target.set)
                let nest = writer.beginNest(NFTA_SET_ELEM_LIST_ELEMENTS)
                rest = try elements.forEachPacked(from: start) { element throws(NFTablesError) in
                    guard writer.length(of: nest) < Self.elementBytesPerMessage else {
                        return false
                    }
                    try element.write(into: &writer, splittingInterval: target.splitsIntervals)
                    return true
                }
                writer.end(nest)
            }
        }
    }
}

extension MessageWriter {
    fileprivate mutating func putRuleHeader(of chain: ChainName) {
        put(NFTA_RULE_TABLE, string: chain.table.name)
        put(NFTA_RULE_CHAIN, string: chain.name)
    }

    fileprivate mutating func putElementsHeader(of set: SetName) {
        put(NFTA_SET_ELEM_LIST_TABLE, string: set.table.name)
        put(NFTA_SET_ELEM_LIST_SET, string: set.name)
    }
}

extension Command.Existence {
    fileprivate var addFlags: Int32 { self == .strict ? NLM_F_CREATE | NLM_F_EXCL : NLM_F_CREATE }

    fileprivate func choose(_ strict: MessageType, _ tolerant: MessageType) -> MessageType {
        self == .strict ? strict : tolerant
    }
}

extension Command.Placement {
    fileprivate var flags: Int32 {
        switch self {
        case .last, .after: NLM_F_APPEND
        // Without the append flag the kernel puts a rule first, or before its neighbour.
        case .first, .before: 0
        }
    }

    fileprivate var neighbour: RuleHandle? {
        switch self {
        case .after(let handle), .before(let handle): handle
        case .last, .first: nil
        }
    }
}
