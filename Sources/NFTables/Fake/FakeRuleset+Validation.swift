import Platform

extension FakeRuleset {
    /// The first table, in the kernel's order, that the transaction would leave invalid.
    mutating func firstInvalidTable() -> TableName? {
        pending.validation.atCommit.compactMap { tables[$0] }
            .sorted { $0.handle < $1.handle }
            .first { (try? Self.validate($0)) == nil }?.table.name
    }

    /// Checks the table after a command, where the kernel looks for the one to blame.
    func validateIfAlways(_ name: TableName) throws(Errno) {
        guard pending.validation.always.contains(name), let table = tables[name] else { return }
        try Self.validate(table)
    }

    private static func validate(_ table: FakeTable) throws(Errno) {
        var validator = Validator(table: table)
        for chain in table.chains.values.sorted(by: { $0.handle < $1.handle }) {
            if let base = chain.chain.base { try validator.validate(chain, below: base, level: 0) }
        }
    }
}

/// Follows every jump from a base chain.
private struct Validator {
    let table: FakeTable
    /// The deepest level on which a chain was found to be right below some base chain.
    var levels: [Place: Int] = [:]

    struct Place: Hashable {
        let chain: UInt64
        let kind: Chain.Kind
        let hook: Chain.Hook
    }

    /// NFT_JUMP_STACK_SIZE.
    private static let maximumLevel = 16

    init(table: FakeTable) { self.table = table }

    mutating func validate(
        _ chain: FakeChain, below base: Chain.Base, level: Int
    ) throws(Errno) {
        if level == Self.maximumLevel { throw .tooManyLinks }
        let place = Place(chain: chain.handle, kind: base.kind, hook: base.hook)
        if level > 0 {
            if chain.chain.base != nil { throw .loop }
            if let known = levels[place], known >= level { return }
        }
        for rule in chain.rules where !rule.isDeleted {
            for expression in rule.rule.expressions {
                try validate(expression, below: base, level: level)
            }
        }
        levels[place] = level
    }

    private mutating func validate(
        _ expression: Expression, below base: Chain.Base, level: Int
    ) throws(Errno) {
        switch expression {
        case .immediate(.verdict(let verdict)):
            if let target = verdict.chain { try follow(target, below: base, level: level) }
        case .lookup(let lookup):
            for target in table.sets[lookup.set]?.targets.keys.sorted() ?? [] {
                try follow(target, below: base, level: level)
            }
        default: try expression.validate(below: base, in: table.table.name.family)
        }
    }

    private mutating func follow(
        _ target: String, below base: Chain.Base, level: Int
    ) throws(Errno) {
        guard let chain = table.chains[target] else { return }
        try validate(chain, below: base, level: level + 1)
    }
}
