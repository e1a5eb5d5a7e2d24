import FuzzSupport
import NFTables

/// Transactions over few names, so that they meet what is there; a seed decides them.
struct RandomTransactions {
    private var random: SeededGenerator
    private let tables = [TableName(.inet, "t"), TableName(.ip, "u")]
    private let chains = ["a", "b", "c", "d"]
    private let bases: [(String, Chain.Base)] = [
        ("in", Chain.Base(.filter, .input, priority: 0)),
        ("pre", Chain.Base(.nat, .prerouting, priority: -100)),
        ("post", Chain.Base(.nat, .postrouting, priority: 100)),
    ]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// What makes most later commands find something.
    var beginning: Transaction {
        var transaction = Transaction()
        for table in tables {
            transaction.add(Table(table))
            for chain in chains { transaction.add(Chain(ChainName(table, chain))) }
            for (name, base) in bases { transaction.add(Chain(ChainName(table, name), base: base)) }
            for set in sets(in: table) { transaction.add(set) }
        }
        return transaction
    }

    /// A transaction for a ruleset that has these rules.
    mutating func next(rules: [InstalledRule]) -> Transaction {
        let commands = (0..<(1 + random.below(random.below(4) == 0 ? 12 : 4))).map { _ in
            command(rules)
        }
        return Transaction(commands: commands)
    }
}

extension RandomTransactions {
    private mutating func pick<Item>(_ items: [Item]) -> Item { items[random.below(items.count)] }

    private mutating func isOneIn(_ chances: Int) -> Bool { random.below(chances) == 0 }

    private mutating func existence() -> Command.Existence { isOneIn(3) ? .strict : .tolerant }

    private mutating func command(_ rules: [InstalledRule]) -> Command {
        let table = pick(tables)
        switch random.below(40) {
        case 0: return .addTable(Table(table, flags: isOneIn(3) ? .dormant : []), existence())
        case 1: return isOneIn(4) ? .deleteTable(table, existence()) : .flushTable(table)
        case 2, 3, 4: return .addChain(chain(in: table), existence())
        case 5: return .deleteChain(chainName(in: table), existence())
        case 6: return .flushChain(chainName(in: table))
        case 7...14: return .addRule(rule(in: table), placement(rules, in: table))
        case 15, 16: return replacement(rules, in: table)
        case 17, 18: return deletion(rules, in: table)
        case 19, 20, 21: return .addSet(variant(of: pick(sets(in: table))), existence())
        case 22: return .deleteSet(pick(sets(in: table)).name, existence())
        case 23: return .flushSet(pick(sets(in: table)).name)
        case 24...33:
            let set = pick(sets(in: table))
            return .addElements(elements(of: set), ElementTarget(set), existence())
        default:
            let set = pick(sets(in: table))
            return .deleteElements(elements(of: set), ElementTarget(set), existence())
        }
    }
}

extension RandomTransactions {
    private mutating func chain(in table: TableName) -> Chain {
        let name = chainName(in: table)
        var base = bases.first { $0.0 == name.name }?.1
        if isOneIn(8) { base?.priority += 1 }
        if isOneIn(4) { base?.policy = .drop }
        if isOneIn(12) { base = isOneIn(2) ? pick(bases).1 : nil }
        return Chain(name, base: base)
    }

    private mutating func chainName(in table: TableName) -> ChainName {
        ChainName(table, pick(chains + bases.map(\.0)))
    }

    private mutating func rule(in table: TableName) -> Rule {
        Rule(chainName(in: table), expressions())
    }

    private mutating func placement(
        _ rules: [InstalledRule], in table: TableName
    ) -> Command.Placement {
        switch random.below(6) {
        case 0: .first
        case 1: .before(handle(rules, in: table))
        case 2: .after(handle(rules, in: table))
        default: .last
        }
    }

    private mutating func handle(_ rules: [InstalledRule], in table: TableName) -> RuleHandle {
        let rules = rules.filter { $0.rule.chain.table == table }
        if rules.isEmpty || isOneIn(6) { return RuleHandle(rawValue: 1_000_000) }
        return pick(rules).handle
    }

    /// A command on a rule that is there, most often in the right chain.
    private mutating func replacement(
        _ rules: [InstalledRule], in table: TableName
    ) -> Command {
        guard let old = rules.isEmpty ? nil : pick(rules), !isOneIn(8) else {
            return .replaceRule(handle(rules, in: table), rule(in: table))
        }
        return .replaceRule(old.handle, Rule(old.rule.chain, expressions()))
    }

    private mutating func deletion(_ rules: [InstalledRule], in table: TableName) -> Command {
        guard let old = rules.isEmpty ? nil : pick(rules), !isOneIn(8) else {
            return .deleteRule(chainName(in: table), handle(rules, in: table))
        }
        return .deleteRule(old.rule.chain, old.handle)
    }

    private mutating func expressions() -> [Expression] {
        let target = pick(chains)
        switch random.below(16) {
        case 0, 1, 2: return [.jump(target)]
        case 3, 4: return [.goto(target)]
        case 5: return [.jump(pick(bases).0)]
        case 6, 7: return [.load(.destinationPort), .lookup("verdicts", .verdict)]
        case 8: return [.load(.destinationPort), .lookup(pick(["ports", "ranges", "constant"]))]
        case 9:
            return [
                .load(.ip4Destination), .load(.destinationPort, into: 1),
                .lookup("backends", .data(into: 0)), .nat(NAT(.destination, .ip, address: 0)),
            ]
        case 10: return [.masquerade(Masquerade())]
        case 11: return [.load(.ip4Source), .dynamicSet(DynamicSet(.update, "dynamic"))]
        case 12: return [.load(.destinationPort), .lookup("anonymous")]
        case 13: return pick(ExpressionSamples.all)
        default: return [.counter(Counter()), .accept]
        }
    }
}

extension RandomTransactions {
    private func sets(in table: TableName) -> [NamedSet] {
        func set(
            _ name: String, _ key: ValueType, _ data: NamedSet.Data? = nil,
            _ flags: NamedSet.Flags = [], size: UInt32? = nil
        ) -> NamedSet {
            NamedSet(SetName(table, name), key: key, data: data, flags: flags, size: size)
        }
        let timeout = set("aging", [.inetService], nil, .timeout).with { $0.timeout = 600_000 }
        // Without a size a refused dynset would give it one: the kernel's way, not the fake's.
        let counting = set("counting", [.inetService], size: 8).with {
            $0.expressions = [.counter(Counter())]
        }
        return [
            set("ports", [.inetService], size: 3), set("verdicts", [.inetService], .verdict),
            set("backends", [.ipv4Address, .inetService], .value([.ipv4Address])),
            set("ranges", [.inetService], nil, .interval, size: 3),
            set("rangemap", [.inetService], .verdict, .interval),
            set("pairs", [.inetService, .inetService], nil, .interval), timeout, counting,
            set("dynamic", [.ipv4Address], nil, .dynamic, size: 4),
            set("constant", [.inetService], nil, .constant),
            set("anonymous", [.inetService], nil, [.anonymous, .constant]),
        ]
    }

    /// The set as it is most often, or changed.
    private mutating func variant(of set: NamedSet) -> NamedSet {
        guard isOneIn(3) else { return set }
        let isDynamic = set.flags.contains(.dynamic)
        let choice = random.below(7)
        return set.with {
            switch choice {
            case 0: $0.key = [.mark]
            case 1: $0.data = $0.isMap ? nil : .value([.mark])
            case 2: $0.flags.insert(.interval)
            case 3: $0.flags.insert(.timeout)
            case 4: $0.timeout = 1_200_000
            case 5: if !isDynamic { $0.size = nil }
            default: $0.size = 2
            }
        }
    }

    private mutating func elements(of set: NamedSet) -> ElementList {
        ElementList((0..<(1 + random.below(3))).map { _ in element(of: set) })
    }

    private mutating func element(of set: NamedSet) -> Element {
        var element = Element(key(of: set))
        if isOneIn(12) { element = .catchAll() }
        if isOneIn(40) { element.key = Value([1]) }
        if set.flags.contains(.interval), !isOneIn(4), !element.isCatchAll {
            element.keyEnd = key(of: set)
            if !isOneIn(6), let end = element.keyEnd, end < element.key {
                (element.key, element.keyEnd) = (end, element.key)
            }
        }
        element.data = data(of: set)
        if set.flags.contains(.timeout), isOneIn(2) {
            element.timeout = pick([0, 900_000, 600_000])
        }
        if isOneIn(20) { element.expressions = [pick([.counter(Counter()), .quota(Quota(9))])] }
        return element
    }

    private mutating func key(of set: NamedSet) -> Value {
        let parts = set.key.parts.map { part -> Value in
            let number = isOneIn(10) ? UInt16.max : UInt16(random.below(8))
            return part == .ipv4Address
                ? Value([10, 0, 0, UInt8(number % 8)]) : Value(network: number)
        }
        guard parts.count > 1 else { return parts.first ?? Value() }
        var key = Value()
        for part in parts { key.append(padded: part) }
        return key
    }

    private mutating func data(of set: NamedSet) -> Element.Data? {
        if isOneIn(25) { return pick([nil, .verdict(.accept), .value(Value([1, 2, 3]))]) }
        switch set.data {
        case nil: return nil
        case .value: return .value(Value([10, 1, 0, UInt8(random.below(2))]))
        case .verdict:
            let target = isOneIn(12) ? pick(bases).0 : pick(chains)
            return .verdict(pick([.accept, .drop, .jump(target), .goto(target), .jump(target)]))
        }
    }
}
