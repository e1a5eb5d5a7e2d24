import NFTables
import Network

/// What kube-proxy has left in the kernel, which goes in the transaction that makes our table (S110).
///
/// Both in nftables mode, a table of its own, and in iptables mode as iptables-nft writes it: chains
/// in tables that it shares with others.
struct Takeover: Sendable {
    private(set) var tables: [TableName] = []
    private(set) var chains: [ChainName] = []
    /// Rules in chains of everybody's that lead to its chains.
    private(set) var rules: [Rule] = []

    struct Rule: Hashable, Sendable {
        let chain: ChainName
        let handle: RuleHandle
    }

    init() {}

    var isEmpty: Bool { tables.isEmpty && chains.isEmpty && rules.isEmpty }
}

extension Takeover {
    /// Reads what there is of one family.
    init(
        _ family: IPFamily, from ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) {
        let own = ProxyTable(family).name
        let other = TableName(own.family, ProxyTable.referenceName)
        for table in try ruleset.tables(own.family).map(\.name) {
            if table == other { tables.append(table) }
            if KubeProxyChains.tables.contains(table.name) { try read(table, &ruleset) }
        }
    }

    private mutating func read(
        _ table: TableName, _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) {
        let all = try ruleset.chains(in: table)
        let theirs = Set(all.map(\.name.name).filter(KubeProxyChains.contains))
        if theirs.isEmpty { return }
        let hooks = Set(all.filter { $0.base != nil }.map(\.name.name))
        let jumps = try ruleset.rules(in: table, chain: nil).compactMap(Jump.init)
        let kept = Self.kept(theirs, jumps.filter { !hooks.contains($0.rule.chain.name) })
        for jump in jumps where hooks.contains(jump.rule.chain.name) {
            if theirs.contains(jump.target), !kept.contains(jump.target) { rules.append(jump.rule) }
        }
        chains += theirs.subtracting(kept).sorted().map { ChainName(table, $0) }
    }

    /// Chains that somebody else's chains lead to, as host ports' do to the one that marks.
    private static func kept(_ theirs: Set<String>, _ jumps: [Jump]) -> Set<String> {
        var kept = Set(
            jumps.filter { !theirs.contains($0.rule.chain.name) }.map(\.target)
        ).intersection(theirs)
        if kept.contains(KubeProxyChains.markMasquerade) {
            kept.formUnion(theirs.intersection([KubeProxyChains.postrouting]))
        }
        var waiting = Array(kept)
        while let chain = waiting.popLast() {
            for jump in jumps where jump.rule.chain.name == chain {
                if kept.insert(jump.target).inserted { waiting.append(jump.target) }
            }
        }
        return kept
    }
}

extension Takeover {
    /// Removes all of it, rules before the chains that they lead to.
    func append(to transaction: inout Transaction) {
        for rule in rules { transaction.delete(rule.handle, in: rule.chain) }
        for chain in chains { transaction.flush(chain) }
        for chain in chains { transaction.delete(chain) }
        for table in tables { transaction.delete(table) }
    }
}

/// A rule that leads to another chain.
private struct Jump {
    let rule: Takeover.Rule
    let target: String

    init?(_ installed: InstalledRule) {
        guard case .immediate(.verdict(let verdict))? = installed.rule.expressions.last,
            let target = verdict.chain
        else { return nil }
        self.target = target
        rule = Takeover.Rule(chain: installed.rule.chain, handle: installed.handle)
    }
}
