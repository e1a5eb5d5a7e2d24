import NFTables

extension TableSession {
    /// Throws unless an owner's elements and all that they need are in the table.
    mutating func check(_ elements: [PodElement], of owner: String) throws(CNIError) {
        guard !elements.isEmpty else { return }
        for (map, elements) in Dictionary(grouping: elements, by: \.map) {
            let pairs = try self.elements(of: map).map { ($0.element.key, $0.element) }
            let found = Dictionary(pairs) { first, _ in first }
            for element in elements { try element.compare(to: found[element.key], owner) }
        }
        let podChains = Set(elements.compactMap(\.chain)).flatMap(\.chains)
        try check(SuiteTable.chains + podChains)
    }

    private mutating func check(_ chains: [ChainContents]) throws(CNIError) {
        let bases: [String: Chain]
        let rules: [ChainName: [InstalledRule]]
        do throws(NFTablesError) {
            bases = Dictionary(
                try ruleset.chains(in: SuiteTable.name).map { ($0.name.name, $0) },
                uniquingKeysWith: { first, _ in first })
            rules = Dictionary(
                grouping: try ruleset.rules(in: SuiteTable.name), by: \.rule.chain)
        } catch {
            throw CNIError(error)
        }
        for contents in chains {
            let found = rules[contents.chain.name]?.map(\.rule) ?? []
            guard bases[contents.name] == contents.chain, found == contents.rules else {
                throw CNIError(
                    .checkFailed, "chain \(contents.chain.name) is not as it was made",
                    details: "the next ADD of a pod repairs it if it is missing")
            }
        }
    }
}

extension PodElement {
    fileprivate func compare(to found: Element?, _ owner: String) throws(CNIError) {
        guard found?.comment == owner, found?.data == data else {
            let state = found.map { "it is \($0)" } ?? "it is missing"
            throw CNIError(
                .checkFailed, "\(map.set.name) does not hold what ADD put there",
                details: "expected \(element(of: owner)), \(state)")
        }
    }
}
