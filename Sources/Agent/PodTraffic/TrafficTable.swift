import NFTables
import Network

/// The table's constant part: its chains, whose rules only look sets up.
struct TrafficTable: Hashable, Sendable {
    static let name = TableName(.inet, "weft-agent")

    let settings: PodTrafficSettings
    /// Whether there are tunnels to guard; without any, no packet meets a rule about them.
    let guardsTunnels: Bool

    static let table = Table(
        name, comment: "pods' way out of the cluster, and tunnels; written by weft agent")

    var chains: [TrafficChain] {
        (settings.masquerades ? [masquerade] : []) + (guardsTunnels ? [input, forward] : [])
    }
}

/// A chain with its rules.
struct TrafficChain: Hashable, Sendable {
    let chain: Chain
    let rules: [[Expression]]

    init(_ name: String, _ base: Chain.Base, _ rules: [[Expression]]) {
        chain = Chain(ChainName(TrafficTable.name, name), base: base)
        self.rules = rules
    }
}

extension TrafficTable {
    /// A connection's first packet alone comes here, as NAT decides once for a connection (R10).
    ///
    /// The first chain that translates a source ends the search. The proxy's stand before this one
    /// and the plugins' beside it, and all of them give the address of the link that the packet
    /// leaves by, so it does not matter whose turn it was.
    private var masquerade: TrafficChain {
        TrafficChain(
            "leaving",
            Chain.Base(.nat, .postrouting, priority: Chain.Base.Priority.sourceNAT),
            [isMarked + [.return]] + IPFamily.allCases.map(leavesCluster))
    }

    /// `meta mark & 0x4000 != 0`: the proxy, ours or another, has something to do with the source.
    private var isMarked: [Expression] {
        [
            .load(.mark), .mask(Value(host: settings.masqueradeBit)),
            .compare(.notEqual, Value(host: UInt32(0))),
        ]
    }

    private func leavesCluster(_ family: IPFamily) -> [Expression] {
        let kept: [TrafficSet.Kind] = [.pods, .nodes, .excluded]
        return .isOf(family) + [.load(family.source), .isMember(.ownPods, family)]
            + kept.flatMap { [.load(family.destination), .isNoMember($0, family)] }
            + [.masquerade(Masquerade(flags: .fullyRandom))]
    }
}

// Whoever can send to the tunnel's port writes packets into the pods' network with any source
// (R13): nodes alone may, and a pod may not even on its way to another node.

extension TrafficTable {
    private var input: TrafficChain {
        guarding("tunnel-input", .input) { family in
            [.load(family.source), .isNoMember(.nodes, family)]
        }
    }

    private var forward: TrafficChain {
        guarding("tunnel-forward", .forward) { family in
            [.load(family.source), .isMember(.ownPods, family)]
        }
    }

    /// Drops what is for a tunnel's port from wrong addresses, and from pods that claim right ones.
    private func guarding(
        _ name: String, _ hook: Chain.Hook, isWrong: (IPFamily) -> [Expression]
    ) -> TrafficChain {
        let fromPod: [Expression] = [
            .load(.inputName),
            .compare(.equal, Value(interface: settings.podLinkPrefix, isPrefix: true)),
        ]
        let drops = IPFamily.allCases.flatMap { family in
            [isWrong(family), fromPod].map { .isForTunnel(family) + $0 + [.drop] }
        }
        return TrafficChain(
            name, Chain.Base(.filter, hook, priority: Chain.Base.Priority.filter),
            [[.load(.transportProtocol), .compare(.notEqual, .udp), .accept]] + drops)
    }
}

extension [Expression] {
    /// The rest of the rule is for packets of one family, as nft writes it.
    fileprivate static func isOf(_ family: IPFamily) -> Self {
        /// NFPROTO_IPV4 and NFPROTO_IPV6.
        let number: UInt8 = family == .v4 ? 2 : 10
        return [.load(.nfProtocol), .compare(.equal, Value([number]))]
    }

    fileprivate static func isForTunnel(_ family: IPFamily) -> Self {
        isOf(family) + [
            .load(.transportProtocol), .compare(.equal, .udp),
            .load(.destinationPort), .isMember(.tunnelPorts, family),
        ]
    }
}

extension Expression {
    fileprivate static func isMember(_ kind: TrafficSet.Kind, _ family: IPFamily) -> Expression {
        .lookup(TrafficSet(kind, family).name)
    }

    fileprivate static func isNoMember(_ kind: TrafficSet.Kind, _ family: IPFamily) -> Expression {
        .lookup(TrafficSet(kind, family).name, .notMember)
    }
}

extension Value {
    fileprivate static let udp = Value([TransportProtocol.udp.rawValue])
}

extension IPFamily {
    fileprivate var source: PacketField { self == .v4 ? .ip4Source : .ip6Source }
    fileprivate var destination: PacketField { self == .v4 ? .ip4Destination : .ip6Destination }
}
