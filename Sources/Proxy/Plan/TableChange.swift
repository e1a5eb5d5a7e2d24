package import NFTables

/// What is to change in a table, gathered until it is written as one transaction.
package struct TableChange: Sendable {
    let table: ProxyTable
    /// Chains with their rules, which elements may then lead to.
    private var newChains = Transaction()
    private var additions = ElementLists()
    private var deletions = ElementLists()
    /// Chains and sets that nothing leads to any more.
    private var oldChains: [String] = []
    private var oldSets: [SetName] = []
    /// What this table takes the place of.
    private var takeover = Takeover()
    /// Whether elements are left out, for somebody else compares them.
    var ignoresElements = false

    init(_ table: ProxyTable) { self.table = table }

    package var isEmpty: Bool {
        newChains.isEmpty && oldChains.isEmpty && oldSets.isEmpty && takeover.isEmpty
            && additions.isEmpty && deletions.isEmpty
    }

    /// How many elements come or go.
    package var elementCount: Int { additions.count + deletions.count }

    mutating func add(_ element: ProxyElement) {
        if ignoresElements { return }
        additions[element.set].append(table.encode(element))
    }

    mutating func delete(_ element: ProxyElement) {
        if ignoresElements { return }
        deletions[element.set].append(table.encode(element))
    }

    /// Deletes an element that only the kernel knows.
    mutating func delete(_ element: Element, from set: ProxySet) {
        deletions[set].append(element)
    }

    mutating func add(_ element: Element, to set: ProxySet) { additions[set].append(element) }

    mutating func add(_ chain: RuleChain) { newChains.add(chain, in: table) }

    /// Puts other rules into a chain that stays.
    mutating func rewrite(_ chain: RuleChain) {
        newChains.flush(table.chain(chain.name))
        newChains.addRules(of: chain, in: table)
    }

    mutating func removeChain(_ name: String) { oldChains.append(name) }

    /// Removes a chain, for another of its name is added.
    mutating func removeChainFirst(_ name: String) {
        newChains.flush(table.chain(name))
        newChains.delete(table.chain(name))
    }

    mutating func removeSet(_ name: String) { oldSets.append(SetName(table.name, name)) }

    mutating func take(over takeover: Takeover) { self.takeover = takeover }

    /// Begins the table anew, whatever there was of it.
    mutating func install() {
        newChains.add(table.table)
        newChains.delete(table.name)
        newChains.add(table.table)
        for set in ProxySet.allCases { add(set) }
        for chain in table.chains { add(chain) }
    }

    mutating func add(_ set: ProxySet) { newChains.add(table.definition(set)) }
}

extension TableChange {
    /// The change as commands that the kernel accepts in this order.
    package var transaction: Transaction {
        var transaction = newChains
        deletions.forEach { set, list in
            transaction.delete(list, from: table.definition(set))
        }
        additions.forEach { set, list in
            transaction.add(list, to: table.definition(set), .strict)
        }
        for name in oldChains { transaction.flush(table.chain(name)) }
        for name in oldChains { transaction.delete(table.chain(name)) }
        for name in oldSets { transaction.delete(name) }
        takeover.append(to: &transaction)
        return transaction
    }
}

/// A list of elements for each set.
private struct ElementLists: Sendable {
    private var lists: [ProxySet: ElementList] = [:]

    var isEmpty: Bool { lists.isEmpty }
    var count: Int { lists.values.reduce(0) { $0 + $1.count } }

    subscript(set: ProxySet) -> ElementList {
        get { lists[set] ?? [] }
        _modify { yield &lists[set, default: []] }
    }

    func forEach(_ body: (ProxySet, ElementList) -> Void) {
        for set in ProxySet.allCases { lists[set].map { body(set, $0) } }
    }
}

extension Transaction {
    mutating func add(_ chain: RuleChain, in table: ProxyTable) {
        add(Chain(table.chain(chain.name), base: chain.base))
        addRules(of: chain, in: table)
    }

    mutating func addRules(of chain: RuleChain, in table: ProxyTable) {
        for rule in chain.rules { add(Rule(table.chain(chain.name), rule)) }
    }
}
