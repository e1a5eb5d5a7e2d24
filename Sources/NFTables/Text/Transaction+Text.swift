extension Transaction {
    /// One command a line, as `nft -f` reads them.
    package var nftText: String { nftText(knowing: []) }

    /// One command a line, with what is known of sets that the transaction does not add.
    ///
    /// What nft has no words for stands as a comment in its place. nft wants to hear which sets are
    /// maps when it flushes them: those must be known, or get elements from the transaction.
    package func nftText(knowing sets: [NamedSet]) -> String {
        let tables = known(sets)
        return commands.map { command in
            do throws(NFTablesError) {
                return try command.nftText(tables) + "\n"
            } catch {
                return .unwritable("\(command)", error) + "\n"
            }
        }.joined()
    }

    private func known(_ sets: [NamedSet]) -> [TableName: KnownSets] {
        let described = sets + commands.compactMap(\.describedSet)
        return described.filter { !$0.key.parts.isEmpty }.reduce(into: [:]) { tables, set in
            tables[set.name.table, default: KnownSets()].add(.init(set: set, elements: []))
        }
    }
}

extension Command {
    fileprivate var describedSet: NamedSet? {
        switch self {
        case .addSet(let set, _): set
        case .addElements(_, let target, _), .deleteElements(_, let target, _):
            NamedSet(target.set, key: target.types.key, data: target.types.data)
        default: nil
        }
    }
}

extension Command {
    fileprivate func nftText(_ tables: [TableName: KnownSets]) throws(NFTablesError) -> String {
        try validateNames()
        switch self {
        case .addTable(let table, _):
            return title + Self.block(try table.nftProperties().map { "\($0);" })
        case .addChain(let chain, _):
            return title + Self.block(try chain.nftProperties())
        case .addSet(let set, _):
            return title + Self.block(try set.nftProperties().map { "\($0);" })
        case .addRule(let rule, _), .replaceRule(_, let rule):
            let sets = tables[rule.chain.table] ?? KnownSets()
            return "\(title) \(try RuleText.text(rule, sets))"
        case .flushSet(let set):
            let noun = tables[set.table]?[set.name]?.set.nftNoun ?? "set"
            return "flush \(noun) \(set)"
        case .addElements(let elements, let target, _):
            return title + (try Self.elements(elements, target.types.text))
        case .deleteElements(let elements, let target, _):
            // A map's element goes by its key alone.
            return title + (try Self.elements(elements, target.types.keyText))
        case .deleteTable, .flushTable, .deleteChain, .flushChain, .deleteRule, .deleteSet:
            return title
        }
    }

    private static func block(_ lines: [String]) -> String {
        lines.isEmpty ? "" : " { \(lines.joined(separator: " ")) }"
    }

    private static func elements(
        _ elements: ElementList, _ text: (Element) throws(NFTablesError) -> String
    ) throws(NFTablesError) -> String {
        var texts = [String]()
        for element in elements { texts.append(try text(element)) }
        return " { \(texts.joined(separator: ", ")) }"
    }

    private func validateNames() throws(NFTablesError) {
        switch self {
        case .addTable(let table, _): _ = try table.name.nftText()
        case .deleteTable(let name, _), .flushTable(let name): _ = try name.nftText()
        case .addChain(let chain, _): _ = try chain.name.nftText()
        case .deleteChain(let name, _), .flushChain(let name), .deleteRule(let name, _):
            _ = try name.nftText()
        case .addRule(let rule, _), .replaceRule(_, let rule): _ = try rule.chain.nftText()
        case .addSet(let set, _): _ = try set.name.nftText()
        case .deleteSet(let name, _), .flushSet(let name): _ = try name.nftText()
        case .addElements(_, let target, _), .deleteElements(_, let target, _):
            _ = try target.set.nftText()
        }
    }
}
