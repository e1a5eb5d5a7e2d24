import NFTables
import Platform
import TestSupport
import Testing

@Suite("What is printed for nft is what nft reads", .requiresRoot)
struct ReloadTests {
    @Test(
        "what nft wrote",
        arguments: [ProxyRuleset.ip4, ProxyRuleset.ip6, StatementRuleset.ip, StatementRuleset.inet])
    func written(_ ruleset: String) throws {
        let lab = Lab()
        let ours = try lab.host("ours")
        try ours.nft(file: ruleset)
        let text = try ours.printed()
        #expect(!text.contains("#"), "nothing is beyond words:\n\(text)")

        let theirs = try lab.host("theirs")
        try theirs.nft(file: text)
        #expect(try theirs.nft("list ruleset") == ours.nft("list ruleset"), "\(text)")
        #expect(try theirs.printed() == text)
    }

    @Test("every construct, or it says that it cannot", arguments: Corpus.cases)
    func corpus(_ ruleset: RulesetCase) throws {
        let lab = Lab()
        let ours = try lab.host("ours")
        try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(ruleset.transaction)
        }
        let text = try ours.printed()
        let theirs = try lab.host("theirs")
        try theirs.nft(file: text)
        let isComplete = !text.contains("# cannot be written as nft text: ")
        #expect(isComplete == !Self.beyondWords.contains(ruleset.title), "\(text)")
        guard isComplete else { return }
        let isSame = try theirs.contents(of: ruleset) == ours.contents(of: ruleset)
        #expect(isSame || ruleset.nft != .writesTheSame, "expression by expression:\n\(text)")
        let listed = try ours.nft("list ruleset").timeless
        #expect(try theirs.nft("list ruleset").timeless == listed, "\(text)")
    }

    @Test("every construct, as the transaction that makes it", arguments: Corpus.cases)
    func transactions(_ ruleset: RulesetCase) throws {
        guard !Self.beyondWords.contains(ruleset.title) else { return }
        let lab = Lab()
        let ours = try lab.host("ours")
        try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(ruleset.transaction)
        }
        let theirs = try lab.host("theirs")
        let text = ruleset.transaction.nftText
        try theirs.nft(file: text)
        let listed = try ours.nft("list ruleset").timeless
        #expect(try theirs.nft("list ruleset").timeless == listed, "\(text)")
    }

    @Test("a rule of any expressions, or it says that it cannot", arguments: Family.allCases)
    func samples(_ family: Family) throws {
        let table = TableName(family, "t")
        let lab = Lab()
        let ours = try lab.host("ours")
        let transaction = try ExpressionSamples.accepted(in: table, besides: Self.asked)
        try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(transaction)
        }
        let text = try ours.printed()
        let theirs = try lab.host("theirs")
        try theirs.nft(file: text)
        let original = try ours.rules(of: table)
        let reloaded = try theirs.rules(of: table)
        for (chain, rule) in reloaded {
            let wanted = original[chain]
            #expect(
                rule == wanted || rule == wanted.flatMap { Self.otherForms[$0] },
                "\(rule) instead of \(wanted ?? [])")
        }
        let silent = text.split(separator: "\n").count {
            $0.contains("# cannot be written as nft text: add rule")
        }
        #expect(reloaded.count == original.count - silent)
        #expect(reloaded.count > 20)
    }

    @Test("a map changed by a key longer than what nft 1.0.6 reads, as it lists it")
    func longKey() throws {
        var ruleset = RulesetCase("affinity", .ip6)
        ruleset.add(
            NamedSet(
                ruleset.set("affinity"), key: [.ipv6Address, .classID], data: .value([.mark]),
                flags: [.dynamic, .timeout], size: 10))
        ruleset.add(chain: "c")
        ruleset.add(
            rule: .load(.ip6Source), .load(.priority, into: 4),
            .load(conntrack: .mark, into: 8),
            .dynamicSet(DynamicSet(.update, "affinity", key: 0, data: 8, timeout: 3_600_000)))
        let ours = try Lab().host("ours")
        try ours.run {
            var kernel = try KernelRuleset()
            try kernel.apply(ruleset.transaction)
        }
        let line = "update @affinity { ip6 saddr . meta priority timeout 1h : ct mark }\n"
        #expect(try ours.printed().contains(line))
        #expect(try ours.nft("list ruleset").contains(line))
    }

    /// What nft asks by itself before a field, asked by the rule or not, in every family.
    private static let asked: [[Expression]] = {
        let ip4 = Value(network: 0x0800 as UInt16)
        let ether: [Expression] = [
            .load(Meta.Key(rawValue: 8)), .compare(.equal, Value(host: 1 as UInt16)),
        ]
        let questions: [[Expression]] = [
            [], isIPv4, isIPv6, isTCP, isIPv4 + isTCP, ether,
            [.load(.protocol), .compare(.equal, ip4)],
            [.load(.ip4Protocol), .compare(.equal, byte(6))],
            isTCP + [.load(.protocol), .compare(.equal, ip4)],
        ]
        let answers: [[Expression]] = [
            [.load(.ip4Source), .compare(.equal, address(1))],
            [.load(.ip4Destination.prefix(1)), .compare(.notEqual, byte(10))],
            [.load(.ip6Source.prefix(2)), .compare(.equal, Value([0xFD, 0]))],
            [.load(.destinationPort), .compare(.equal, port(80))],
            [.load(.tcpFlags), .compare(.equal, byte(2))],
            [.load(.tcpFlags), .mask(byte(2)), .compare(.notEqual, byte(0))],
            [.load(.icmpType), .compare(.equal, byte(8))],
            [.load(.etherSource), .compare(.equal, Value([2, 0, 0, 0, 0, 1]))],
            [
                .load(conntrack: .destinationPort, side: .original),
                .compare(.equal, port(80)),
            ],
            [.load(conntrack: .source4, side: .reply), .compare(.equal, address(1))],
            [.reject(.tcpReset)], [.reject(.icmp(code: 1))], [.reject(.icmpAny(.noRoute))],
        ]
        return questions.flatMap { question in answers.map { question + $0 } }
    }()

    /// Rules that nft writes with other registers or expressions.
    private static let otherForms: [[Expression]: [Expression]] = [
        [
            .load(.destinationPort), .lookup("marks", .data(into: 3)), .store(.mark, from: 3),
        ]: [.load(.destinationPort), .lookup("marks", .data(into: 0)), .store(.mark)],
        [
            .load(.ip4Destination),
            .range(RangeComparison(from: Value([1, 2, 3, 4]), through: Value([1, 2, 3, 4]))),
        ]: [
            .load(.ip4Destination), .compare(.greaterOrEqual, Value([1, 2, 3, 4])),
            .compare(.lessOrEqual, Value([1, 2, 3, 4])),
        ],
    ]

    /// The cases that hold something nft has no words for.
    static let beyondWords: Set<String> = [
        "network to host order", "the control group of a socket",
    ]
}

extension ExpressionSamples {
    /// Each rule that a kernel takes, in a chain of its own.
    fileprivate static func accepted(
        in table: TableName, besides others: [[Expression]]
    ) throws -> Transaction {
        var accepted = Transaction()
        accepted.add(Table(table))
        for set in NamedSet.samples(in: table) { accepted.add(set) }
        var fake = FakeRuleset()
        try fake.apply(accepted)
        for (index, expressions) in (all + others).enumerated() {
            let chain = ChainName(table, "c\(index)")
            var transaction = Transaction()
            transaction.add(Chain(chain))
            transaction.add(Rule(chain, expressions))
            if (try? fake.apply(transaction)) != nil { accepted.append(transaction) }
        }
        return accepted
    }
}

extension Host {
    fileprivate func rules(of table: TableName) throws -> [String: [Expression]] {
        try run {
            var kernel = try KernelRuleset()
            let rules = try kernel.rules(in: table, chain: nil).map(\.rule)
            return Dictionary(
                uniqueKeysWithValues: rules.map { ($0.chain.name, $0.expressions) })
        }
    }

    fileprivate func contents(of ruleset: RulesetCase) throws -> RulesetContents? {
        try run {
            var kernel = try KernelRuleset()
            return try kernel.readable(ruleset.table.name)
        }
    }

    /// All tables as Weft prints them.
    fileprivate func printed() throws -> String {
        try run {
            var kernel = try KernelRuleset()
            var text = ""
            for table in try kernel.tables(nil) {
                text += try kernel.contents(of: table.name)?.nftText ?? ""
            }
            return text
        }
    }
}
