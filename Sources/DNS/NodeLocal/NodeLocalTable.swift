import NFTables
import Network

/// The rules that keep packets of a node's own server out of connection tracking, and so out of the
/// translation of services' addresses.
struct NodeLocalTable: Hashable, Sendable {
    var points: Set<NodeLocalPlan.Point>
    /// Whether it goes with the process that made it, however that ends.
    var isOwned: Bool

    init(_ points: Set<NodeLocalPlan.Point>, isOwned: Bool) {
        self.points = points
        self.isOwned = isOwned
    }

    static let name = TableName(.inet, "weft-dns")
}

extension NodeLocalTable {
    private var table: Table {
        Table(
            Self.name, flags: isOwned ? .owner : [],
            comment: "queries to this node; written by weft dns")
    }

    /// Before connection tracking, which begins at priority -200.
    private func chain(_ hook: Chain.Hook) -> Chain {
        Chain(
            ChainName(Self.name, hook.rawValue),
            base: Chain.Base(.filter, hook, priority: Chain.Base.Priority.raw))
    }

    private var chains: [Chain] { [chain(.prerouting), chain(.output)] }

    /// Queries come from pods and from the node itself; replies always from the node.
    private var rules: [Rule] {
        let queries = IPFamily.allCases.map { untrack($0, .destination) }
        let replies = IPFamily.allCases.map { untrack($0, .source) }
        return queries.map { Rule(chain(.prerouting).name, $0) }
            + (queries + replies).map { Rule(chain(.output).name, $0) }
    }

    private enum End {
        case source
        case destination
    }

    /// `ip daddr . meta l4proto . th dport @points4 notrack`, and its like.
    private func untrack(_ family: IPFamily, _ end: End) -> [Expression] {
        let next = Int(family.bitWidth) / 8 / Value.registerSize
        return [
            .load(.nfProtocol), .compare(.equal, Value([family.nfProtocol])),
            .load(family.address(end == .source)),
            .load(.transportProtocol, into: Register(next)),
            .load(end == .source ? .sourcePort : .destinationPort, into: Register(next + 1)),
            .lookup(set(family).name.name), .noTrack(NoTrack()),
        ]
    }

    private func set(_ family: IPFamily) -> NamedSet {
        let address = family == .v4 ? DataType.ipv4Address : .ipv6Address
        return NamedSet(
            SetName(Self.name, family == .v4 ? "points4" : "points6"),
            key: ValueType([address, .inetProtocol, .inetService]))
    }

    private func elements(_ family: IPFamily) -> [Element] {
        points.filter { $0.address.family == family }.map { Element($0.key) }
    }
}

extension NodeLocalTable {
    /// What makes the table what it should be of what there is; empty if it is so already.
    func change(from held: TableContents?) -> Transaction {
        if let held, isRight(held) { return Transaction() }
        var transaction = Transaction()
        if held != nil { transaction.delete(Self.name) }
        transaction.add(table)
        for family in IPFamily.allCases {
            transaction.add(set(family))
            transaction.add(ElementList(elements(family)), to: set(family))
        }
        for chain in chains { transaction.add(chain) }
        for rule in rules { transaction.add(rule) }
        return transaction
    }

    private func isRight(_ held: TableContents) -> Bool {
        let families = IPFamily.allCases
        let sets = families.map { (set($0), Set(elements($0))) }
        return held.table == table && Set(held.chains) == Set(chains)
            && Dictionary(grouping: held.rules.map(\.rule), by: \.chain)
                == Dictionary(grouping: rules, by: \.chain)
            && Dictionary(uniqueKeysWithValues: held.sets.map { ($0.set, Set($0.elements)) })
                == Dictionary(uniqueKeysWithValues: sets)
    }
}

extension NodeLocalPlan.Point {
    fileprivate var key: Value {
        Value(
            concatenating: Value(address), Value([transport.rawValue]),
            Value(network: port.rawValue))
    }
}

extension IPFamily {
    /// NFPROTO_IPV4 and NFPROTO_IPV6.
    fileprivate var nfProtocol: UInt8 { self == .v4 ? 2 : 10 }

    fileprivate func address(_ isSource: Bool) -> PacketField {
        switch (self, isSource) {
        case (.v4, true): .ip4Source
        case (.v4, false): .ip4Destination
        case (.v6, true): .ip6Source
        case (.v6, false): .ip6Destination
        }
    }
}
