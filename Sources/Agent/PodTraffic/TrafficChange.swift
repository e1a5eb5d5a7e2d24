import NFTables

/// What makes a table what it is to be.
struct TrafficChange: Hashable, Sendable {
    private(set) var transaction = Transaction()
    /// How many elements come or go.
    private(set) var elementCount = 0
    /// Whether the table is made anew.
    private(set) var isReplacement = false

    var isEmpty: Bool { transaction.isEmpty }

    /// Changes a table that is known to hold what was wanted before.
    init(from held: TrafficContents, to wanted: TrafficContents) {
        guard held.table == wanted.table else {
            replace(by: wanted)
            return
        }
        for set in TrafficSet.all {
            let (old, new) = (held.elements[set] ?? [], wanted.elements[set] ?? [])
            change(
                set, deleting: old.subtracting(new).map(\.element),
                adding: new.subtracting(old).map(\.element))
        }
    }

    /// Changes a table to what is wanted, whatever the kernel holds of it.
    init(from held: TableContents?, to wanted: TrafficContents) {
        guard let held, held.fits(wanted.table) else {
            replace(by: wanted)
            return
        }
        let present = Dictionary(
            held.sets.map { ($0.set.name, Set($0.elements)) }, uniquingKeysWith: { $0.union($1) })
        for set in TrafficSet.all {
            guard let keys = wanted.elements[set] else { continue }
            let (old, new) = (present[set.definition.name] ?? [], Set(keys.map(\.element)))
            change(set, deleting: old.subtracting(new), adding: new.subtracting(old))
        }
    }

    private mutating func replace(by wanted: TrafficContents) {
        isReplacement = true
        // Adding it first lets it be deleted whether or not it is there.
        transaction.add(TrafficTable.table)
        transaction.delete(TrafficTable.name)
        transaction.add(TrafficTable.table)
        for set in TrafficSet.all {
            transaction.add(set.definition)
            change(set, deleting: [], adding: wanted.elements[set, default: []].map(\.element))
        }
        for contents in wanted.table.chains {
            transaction.add(contents.chain)
            for rule in contents.rules { transaction.add(Rule(contents.chain.name, rule)) }
        }
    }

    private mutating func change(
        _ set: TrafficSet, deleting old: some Collection<Element>,
        adding new: some Collection<Element>
    ) {
        elementCount += old.count + new.count
        transaction.delete(ElementList(old), from: set.definition)
        transaction.add(ElementList(new), to: set.definition)
    }
}

extension TableContents {
    /// Whether sets, chains and rules are those of a table, and no others are there.
    fileprivate func fits(_ table: TrafficTable) -> Bool {
        let rules = Dictionary(grouping: rules, by: \.rule.chain)
        let chains = Set(chains.map { Entry($0, rules[$0.name] ?? []) })
        return self.table.flags.isEmpty
            && Set(sets.map(\.set)) == Set(TrafficSet.all.map(\.definition))
            && chains == Set(table.chains.map(Entry.init))
    }

    private struct Entry: Hashable {
        let chain: Chain
        let rules: [[Expression]]

        init(_ chain: Chain, _ rules: [InstalledRule]) {
            self.chain = chain
            self.rules = rules.map(\.rule.expressions)
        }

        init(_ wanted: TrafficChain) {
            chain = wanted.chain
            rules = wanted.rules
        }
    }
}
