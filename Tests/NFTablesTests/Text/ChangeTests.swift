import NFTables
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Changes of a ruleset` {
    private static let table = TableName(.ip, "weft-proxy")

    @Test func `are the same through nft`() throws {
        let lab = Lab()
        let ours = try lab.host("ours")
        let theirs = try lab.host("theirs")
        for host in [ours, theirs] { try host.nft(file: ProxyRuleset.ip4) }
        let change = try ours.run {
            var kernel = try KernelRuleset()
            let contents = try kernel.contents(of: Self.table)
            let change = Self.change(of: try #require(contents))
            try kernel.apply(change)
            return change
        }
        try theirs.nft(file: change.nftText)
        #expect(
            try theirs.nft("list ruleset") == ours.nft("list ruleset"), "\(change.nftText)")
    }

    /// What a new service, and one that goes, do to the rules.
    private static func change(of contents: TableContents) -> Transaction {
        func set(_ name: String) -> NamedSet? {
            contents.sets.first { $0.set.name.name == name }?.set
        }
        func handle(_ chain: String) -> RuleHandle? {
            contents.rules.first { $0.rule.chain.name == chain }?.handle
        }
        let chain = ChainName(table, "rr-20-2")
        var change = Transaction()
        change.add(Chain(chain))
        change.add(
            Rule(
                chain,
                [
                    .numberGenerator(NumberGenerator(.incremental, modulus: 2, offset: 9)),
                    .store(.priority), .goto("pick"),
                ]))
        change.flush(ChainName(table, "guard-1"))
        if let services = set("services"), let counters = set("counters") {
            change.delete(
                [Element(Value(concatenating: Value([10, 96, 0, 1]), byte(6), port(443)))],
                from: services)
            change.delete([Element(mark(0xC000_0102))], from: counters)
            change.add([Element(mark(0xC000_0200), .verdict(.goto(chain.name)))], to: counters)
        }
        for (chain, rule) in replacements {
            let name = ChainName(table, chain)
            if let handle = handle(chain) { change.replace(handle, with: Rule(name, rule)) }
        }
        change.delete(ChainName(table, "rr-10-1"))
        return change
    }

    /// Rules over sets that the change says nothing of.
    private static let replacements: [(String, [Expression])] = [
        (
            "bound-1",
            [
                .load(.ip4Source), .load(.priority, into: 1), .load(conntrack: .mark, into: 4),
                .dynamicSet(DynamicSet(.update, "affinity", data: 4, timeout: 7_200_000)),
            ]
        ),
        (
            "dispatch",
            [
                .load(.ip4Destination), .load(.transportProtocol, into: 1),
                .load(.destinationPort, into: 2), .lookup("services", .data(into: 0)),
                .store(.priority), .accept,
            ]
        ),
        (
            "pick",
            isTCP + [
                .load(.priority), .lookup("endpoints", .data(into: 0)),
                .nat(NAT(.destination, .ip, address: 0, port: 1, flags: .persistent)),
            ]
        ),
    ]
}
