import NFTables
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Expressions in the fake kernel` {
    @Test func `are taken as the kernel takes them`() throws {
        let rules = Family.allCases.flatMap { family in
            ExpressionSamples.all.map { PlacedRule(family: family, base: nil, expressions: $0) }
        }
        let found = try faults(among: rules) { try $0.difference() }
        #expect(found == [])
    }

    @Test func `have their places where the kernel has`() throws {
        let rules = Family.allCases.flatMap { family in
            Chain.Base.everywhere(in: family).flatMap { base in
                ExpressionSamples.placed.map {
                    PlacedRule(family: family, base: base, expressions: $0)
                }
            }
        }
        let found = try faults(among: rules) { try $0.difference() }
        #expect(found == [])
    }

    @Test(arguments: Corpus.cases)
    func `of the corpus are listed as the kernel lists them`(ruleset: RulesetCase) throws {
        var both = try SideBySide()
        let difference = try both.difference(after: ruleset.transaction)
        #expect(difference == nil)
    }
}

/// A rule in a new table, in a chain at a hook or at none.
private struct PlacedRule: Sendable {
    let family: Family
    let base: Chain.Base?
    let expressions: [Expression]

    /// How kernel and fake differ about the rule, if they do.
    func difference() throws -> String? {
        let table = TableName(family, "t")
        let chain = ChainName(table, "c")
        var both = try SideBySide()
        let difference = try both.difference(
            after: Transaction(
                commands: [
                    .addTable(Table(table), .strict), .addChain(Chain(chain, base: base), .strict),
                ] + NamedSet.samples(in: table).map { .addSet($0, .strict) }
                    + [.addRule(Rule(chain, expressions), .last)]))
        return difference.map { difference in
            let place = base.map { "\($0.kind) \($0.hook)" } ?? "no hook"
            return "\(family), \(place): \(expressions): \(difference)"
        }
    }
}

extension Chain.Base {
    /// Every kind at every hook that a family has.
    fileprivate static func everywhere(in family: Family) -> [Chain.Base] {
        let ip: [Chain.Hook] = [.prerouting, .input, .forward, .output, .postrouting]
        let devices = ["lo"]
        let nat: [Chain.Base] = [.prerouting, .input, .output, .postrouting].map {
            Chain.Base(.nat, $0, priority: 0)
        }
        let ingress = Chain.Base(.filter, .ingress, priority: 0, devices: devices)
        switch family {
        case .netdev: return [ingress, Chain.Base(.filter, .egress, priority: 0, devices: devices)]
        case .arp: return [.input, .output].map { Chain.Base(.filter, $0, priority: 0) }
        case .bridge: return ip.map { Chain.Base(.filter, $0, priority: 0) }
        case .ip, .ip6, .inet:
            let filters = ip.map { Chain.Base(.filter, $0, priority: 0) }
            let routes = [Chain.Base(.route, .output, priority: 0)]
            return filters + nat + routes + (family == .inet ? [ingress] : [])
        }
    }
}

extension NamedSet {
    /// The sets that the samples look things up in, and add to.
    static func samples(in table: TableName) -> [NamedSet] {
        func set(
            _ name: String, _ key: ValueType, _ data: Data? = nil, _ flags: Flags = []
        ) -> NamedSet {
            NamedSet(SetName(table, name), key: key, data: data, flags: flags)
        }
        return [
            set("ports", [.inetService]), set("verdicts", [.inetService], .verdict),
            set("marks", [.inetService], .value([.mark])),
            set("pairs", [.ipv4Address, .inetService]),
            set("ranges", [.inetService], nil, .interval),
            set("dynamic", [.ipv4Address], nil, [.dynamic, .timeout]),
            set("counting", [.ipv4Address], nil, .dynamic).with {
                $0.expressions = [.counter(Counter())]
            },
            set("affinity", [.ipv4Address], .value([.ipv4Address]), [.dynamic, .timeout]),
            set("plain", [.ipv4Address]),
            set("sized", [.ipv4Address]).with { $0.size = 100 },
            set("constant", [.ipv4Address], nil, .constant),
        ]
    }
}
