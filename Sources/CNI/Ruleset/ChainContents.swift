import NFTables

/// A chain of the table and the rules it is to have.
struct ChainContents: Hashable, Sendable {
    let chain: Chain
    let rules: [Rule]

    init(_ name: String, base: Chain.Base? = nil, _ rules: [[Expression]]) {
        let name = SuiteTable.chain(name)
        chain = Chain(name, base: base)
        self.rules = rules.map { Rule(name, $0) }
    }

    var name: String { chain.name.name }
}

extension Transaction {
    /// Makes chains as they should be, whether or not they are there.
    mutating func write(_ chains: some Sequence<ChainContents>) {
        // A rule may lead to a later chain.
        for contents in chains {
            add(contents.chain)
            flush(contents.chain.name)
        }
        for contents in chains {
            for rule in contents.rules { add(rule) }
        }
    }

    /// Makes the table as it should be; elements that are there stay.
    mutating func writeSuiteTable() {
        add(Table(SuiteTable.name))
        for map in PodMap.all { add(map.set) }
        write(SuiteTable.chains)
    }
}
