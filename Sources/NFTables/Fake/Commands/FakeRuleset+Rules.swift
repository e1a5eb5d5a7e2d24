import Platform

extension FakeRuleset {
    mutating func add(_ rule: Rule, _ placement: Command.Placement) throws(Errno) {
        try requireChain(rule.chain)
        let handle = nextHandle(in: rule.chain.table)
        let index = try index(of: placement, in: rule.chain)
        try take(rule)
        insert(FakeRule(handle: handle, rule: listed(rule)), at: index, in: rule.chain)
        try validateIfAlways(rule.chain.table)
    }

    mutating func replace(_ handle: RuleHandle, _ rule: Rule) throws(Errno) {
        try requireChain(rule.chain)
        guard let index = index(of: handle, in: rule.chain) else { throw .noSuchEntry }
        try take(rule)
        try deleteRule(at: index, in: rule.chain)
        insert(FakeRule(handle: handle.rawValue, rule: listed(rule)), at: index, in: rule.chain)
        try validateIfAlways(rule.chain.table)
    }

    mutating func delete(_ handle: RuleHandle, in chain: ChainName) throws(Errno) {
        try requireChain(chain)
        guard let index = index(of: handle, in: chain) else { throw .noSuchEntry }
        try deleteRule(at: index, in: chain)
    }

    /// Deletes all rules of a chain.
    mutating func deleteRules(of chain: ChainName) throws(Errno) {
        let count = tables[chain.table]?.chains[chain.name]?.rules.count ?? 0
        for index in 0..<count where rule(at: index, in: chain)?.isDeleted == false {
            try deleteRule(at: index, in: chain)
        }
    }
}

extension FakeRuleset {
    private func requireChain(_ name: ChainName) throws(Errno) {
        if chain(name) == nil { throw .noSuchEntry }
    }

    private func rule(at index: Int, in chain: ChainName) -> FakeRule? {
        tables[chain.table]?.chains[chain.name]?.rules[index]
    }

    private func index(of handle: RuleHandle, in chain: ChainName) -> Int? {
        tables[chain.table]?.chains[chain.name]?.rules.firstIndex { $0.handle == handle.rawValue }
    }

    /// Where a new rule goes, among the deleted ones too.
    private func index(
        of placement: Command.Placement, in chain: ChainName
    ) throws(Errno) -> Int {
        switch placement {
        case .first: return 0
        case .last: return tables[chain.table]?.chains[chain.name]?.rules.count ?? 0
        case .before(let handle), .after(let handle):
            guard let index = index(of: handle, in: chain) else { throw .noSuchEntry }
            if case .after = placement { return index + 1 }
            return index
        }
    }

    /// The rule as the kernel lists it.
    private func listed(_ rule: Rule) -> Rule {
        var rule = rule
        rule.expressions = rule.expressions.map { expression in
            guard case .dynamicSet(var dynamic) = expression else { return expression.normalized }
            if dynamic.timeout == 0 { dynamic.timeout = nil }
            // The kernel takes them for the set's own, and shows them there.
            let set = set(SetName(rule.chain.table, dynamic.set))
            dynamic.expressions =
                set?.expressions.isEmpty == false ? [] : dynamic.expressions.map(\.normalized)
            return .dynamicSet(dynamic)
        }
        return rule
    }

    private mutating func insert(_ rule: FakeRule, at index: Int, in chain: ChainName) {
        tables[chain.table]?.chains[chain.name]?.rules.insert(rule, at: index)
        pending.count += 1
        onFailure { $0.tables[chain.table]?.chains[chain.name]?.rules.remove(at: index) }
    }

    private mutating func deleteRule(at index: Int, in chain: ChainName) throws(Errno) {
        guard let rule = rule(at: index, in: chain), !rule.isDeleted else { throw .noSuchEntry }
        tables[chain.table]?.chains[chain.name]?.rules[index].isDeleted = true
        pending.count += 1
        onFailure { $0.tables[chain.table]?.chains[chain.name]?.rules[index].isDeleted = false }
        for expression in rule.rule.expressions { release(expression, in: chain.table) }
        forgetDeletedRulesAtCommit(of: chain)
    }

    private mutating func forgetDeletedRulesAtCommit(of chain: ChainName) {
        guard let state = tables[chain.table]?.chains[chain.name]?.hasDeletedRules, !state else {
            return
        }
        tables[chain.table]?.chains[chain.name]?.hasDeletedRules = true
        onFailure { $0.tables[chain.table]?.chains[chain.name]?.hasDeletedRules = false }
        onCommit {
            $0.tables[chain.table]?.chains[chain.name]?.hasDeletedRules = false
            $0.tables[chain.table]?.chains[chain.name]?.rules.removeAll(where: \.isDeleted)
        }
    }
}

extension FakeRuleset {
    /// Checks a rule's expressions and takes what they refer to into use.
    private mutating func take(_ rule: Rule) throws(Errno) {
        let family = rule.chain.table.family
        // The kernel picks the code for all expressions before it sets any of them up.
        for expression in rule.expressions { try expression.select(in: family) }
        var registers = Registers()
        for expression in rule.expressions {
            try take(expression, in: rule.chain.table, &registers)
            if expression.isValidated { needValidation(of: rule.chain.table) }
        }
    }

    private mutating func take(
        _ expression: Expression, in table: TableName, _ registers: inout Registers
    ) throws(Errno) {
        switch expression {
        case .immediate(.verdict(let verdict)): try refer(to: verdict.chain, in: table)
        case .lookup(let lookup): try take(lookup, in: table, &registers)
        case .dynamicSet(let dynamic): try take(dynamic, in: table, &registers)
        default: try expression.initialize(in: table.family, &registers)
        }
    }

    private mutating func release(_ expression: Expression, in table: TableName) {
        switch expression {
        case .immediate(.verdict(let verdict)): release(verdict.chain, in: table)
        case .lookup(let lookup): release(set: lookup.set, in: table)
        case .dynamicSet(let dynamic): release(set: dynamic.set, in: table)
        default: break
        }
    }
}
