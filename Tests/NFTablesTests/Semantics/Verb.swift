import NFTables

/// What a command does, in nft's words.
enum Verb: String, CaseIterable, Sendable {
    case add, create, delete, destroy, flush, insert, replace
}

/// What a command does it to, in nft's words.
enum Noun: String, CaseIterable, Sendable {
    case table, chain, rule, set, map, element
}

/// One of all things a command could do.
struct Phrase: Hashable, CustomStringConvertible {
    let verb: Verb
    let noun: Noun

    init(_ verb: Verb, _ noun: Noun) {
        self.verb = verb
        self.noun = noun
    }

    var description: String { "\(verb) \(noun)" }

    static let all = Set(
        Verb.allCases.flatMap { verb in Noun.allCases.map { Phrase(verb, $0) } })

    /// What nftables has no command for.
    static let impossible: Set<Phrase> = {
        let rules = [Verb.insert, .replace].flatMap { verb in
            Noun.allCases.filter { $0 != .rule }.map { Phrase(verb, $0) }
        }
        // A rule is always new; the kernel's tolerant deletion of one is of no use to Weft.
        let others = [Phrase(.create, .rule), Phrase(.destroy, .rule)]
        // These flush a table, chain or set instead.
        return Set(rules + others + [Phrase(.flush, .rule), Phrase(.flush, .element)])
    }()
}

extension Command {
    /// What the command does; a set's name alone does not tell a map from a set.
    func phrase(maps: Set<SetName>) -> Phrase {
        switch self {
        case .addTable(_, let existence): Phrase(existence.adding, .table)
        case .deleteTable(_, let existence): Phrase(existence.deleting, .table)
        case .flushTable: Phrase(.flush, .table)
        case .addChain(_, let existence): Phrase(existence.adding, .chain)
        case .deleteChain(_, let existence): Phrase(existence.deleting, .chain)
        case .flushChain: Phrase(.flush, .chain)
        case .addRule(_, .last), .addRule(_, .after): Phrase(.add, .rule)
        case .addRule(_, .first), .addRule(_, .before): Phrase(.insert, .rule)
        case .replaceRule: Phrase(.replace, .rule)
        case .deleteRule: Phrase(.delete, .rule)
        case .addSet(let set, let existence): Phrase(existence.adding, set.isMap ? .map : .set)
        case .deleteSet(let name, let existence):
            Phrase(existence.deleting, maps.contains(name) ? .map : .set)
        case .flushSet(let name): Phrase(.flush, maps.contains(name) ? .map : .set)
        case .addElements(_, _, let existence): Phrase(existence.adding, .element)
        case .deleteElements(_, _, let existence): Phrase(existence.deleting, .element)
        }
    }
}

extension Command.Existence {
    fileprivate var adding: Verb { self == .strict ? .create : .add }
    fileprivate var deleting: Verb { self == .strict ? .delete : .destroy }
}

extension Scenario {
    /// All that the scenario's commands do.
    var phrases: Set<Phrase> {
        let maps = maps
        return Set(steps.flatMap(\.commands).map { $0.phrase(maps: maps) })
    }

    /// What the scenario is about: the command refused at last, or all of the last step.
    var lastPhrases: Set<Phrase> {
        let maps = maps
        let commands = steps.last?.commands ?? []
        if case .refused(_, let index?) = expected, commands.indices.contains(index) {
            return [commands[index].phrase(maps: maps)]
        }
        return Set(commands.map { $0.phrase(maps: maps) })
    }

    private var maps: Set<SetName> {
        let maps = steps.flatMap(\.commands).compactMap { command -> SetName? in
            guard case .addSet(let set, _) = command, set.isMap else { return nil }
            return set.name
        }
        return Set(maps)
    }
}
