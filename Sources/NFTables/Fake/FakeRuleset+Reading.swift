import Platform

extension FakeRuleset {
    package mutating func generation() throws(NFTablesError) -> UInt32 { generationNumber }

    package mutating func tables(_ family: Family?) throws(NFTablesError) -> [Table] {
        tables.values.filter { family == nil || $0.table.name.family == family }
            .sorted { $0.handle < $1.handle }
            .map(\.table)
    }

    package mutating func chains(in table: TableName) throws(NFTablesError) -> [Chain] {
        sortedChains(in: table).map(\.chain)
    }

    package mutating func rules(
        in table: TableName, chain: String?
    ) throws(NFTablesError) -> [InstalledRule] {
        let chains = chain.map { name in
            [tables[table]?.chains[name]].compactMap(\.self)
        }
        return (chains ?? sortedChains(in: table)).flatMap { chain in
            chain.rules.map {
                InstalledRule(handle: RuleHandle(rawValue: $0.handle), rule: $0.rule)
            }
        }
    }

    package mutating func sets(in table: TableName) throws(NFTablesError) -> [NamedSet] {
        guard let table = tables[table] else {
            throw NFTablesError(.refused(.noSuchEntry), "list sets \(table)")
        }
        return table.sets.values.sorted { $0.handle < $1.handle }.map(\.set)
    }

    package mutating func elements(of set: NamedSet) throws(NFTablesError) -> [Element] {
        guard let stored = tables[set.name.table]?.sets[set.name.name] else {
            throw NFTablesError(.refused(.noSuchEntry), "list elements \(set.name)")
        }
        let setTimeout = stored.set.timeout ?? 0
        let elements = (stored.elements.all + [stored.catchAll].compactMap(\.self)).map {
            $0.stored(setTimeout: setTimeout, now: now)
        }
        return set.splitsIntervals ? Intervals.join(elements) : elements.map(\.element)
    }

    private func sortedChains(in table: TableName) -> [FakeChain] {
        tables[table]?.chains.values.sorted { $0.handle < $1.handle } ?? []
    }
}

extension FakeElement {
    /// The element as the kernel would report it now.
    fileprivate func stored(setTimeout: UInt64, now: UInt64) -> StoredElement {
        var element = Element(
            key, through: keyEnd == key ? nil : keyEnd, data,
            timeout: timeout == setTimeout || isIntervalEnd ? nil : timeout, comment: comment,
            expressions: expressions)
        if let deadline { element.expiration = deadline - now }
        return StoredElement(element, isIntervalEnd: isIntervalEnd)
    }
}
