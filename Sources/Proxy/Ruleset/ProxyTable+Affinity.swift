import NFTables
import Network

// Clients that stay with their backend. The map holds a slot for client and port; a slot is a
// backend's number in its service port and never given to another. So a backend that leaves takes
// its slot along, and whoever was bound to it is balanced again: nothing has to be searched for.

extension ProxyTable {
    /// The chains that all ports with one idle time share.
    func affinityChains(_ seconds: UInt32) -> [RuleChain] {
        [
            remember(seconds),
            bound(seconds, .slots, "bound"), bound(seconds, .localSlots, "bound-local"),
            RuleChain("affinity-\(seconds)", recall(seconds, "bound")),
            RuleChain(
                "affinity-local-\(seconds)",
                recall(seconds, "bound-local") + [.addToTicket(.local)]),
        ]
    }

    static func affinityChain(_ seconds: UInt32, _ route: PortMeaning.Route) -> String {
        route == .local ? "affinity-local-\(seconds)" : "\(affinityPrefix)\(seconds)"
    }

    static let affinityPrefix = "affinity-"

    static func rememberChain(_ seconds: UInt32) -> String { "remember-\(seconds)" }

    /// The idle time that a chain of this file is for.
    static func affinitySeconds(ofChain name: String) -> UInt32? {
        let prefix = "remember-"
        return name.hasPrefix(prefix) ? UInt32(name.dropFirst(prefix.count)) : nil
    }

    private func recall(_ seconds: UInt32, _ bound: String) -> [[Expression]] {
        [
            borrowMark,
            [
                .load(.priority), .mask(Value(host: Ticket.listMask)),
                .lookup(ProxySet.affinePorts.rawValue, .data(into: 0)), .store(conntrack: .mark),
            ],
            clientKey + [
                .lookup(ProxySet.affinity.rawValue, .data(into: 0)), .store(.priority),
                .jump("\(bound)-\(seconds)"),
            ],
        ]
    }

    /// Goes to the slot that the client is bound to, or comes back with the ticket of the list.
    private func bound(_ seconds: UInt32, _ slots: ProxySet, _ name: String) -> RuleChain {
        RuleChain(
            "\(name)-\(seconds)",
            [
                change(.update, seconds),
                [
                    .load(.priority), .lookup(slots.rawValue, .data(into: 0)), .store(.priority),
                    .goto("give-back-mark"),
                ],
                change(.delete),
                [
                    .load(conntrack: .mark),
                    .lookup(ProxySet.affineLists.rawValue, .data(into: 0)), .store(.priority),
                ],
            ])
    }

    /// A client that was not bound, or no longer, has got its turn: bind it.
    private func remember(_ seconds: UInt32) -> RuleChain {
        RuleChain(
            Self.rememberChain(seconds),
            [
                [
                    .load(.priority), .lookup(ProxySet.turns.rawValue, .data(into: 0)),
                    .store(.priority),
                ],
                change(.update, seconds),
                [.goto("give-back-mark")],
            ])
    }

    private var clientKey: [Expression] {
        [.load(source), .load(conntrack: .mark, into: Register(addressRegisters))]
    }

    private func change(
        _ operation: DynamicSet.Operation, _ seconds: UInt32? = nil
    ) -> [Expression] {
        let data = Register(addressRegisters + 1)
        return clientKey + [
            .load(.priority, into: data),
            .dynamicSet(
                DynamicSet(
                    operation, ProxySet.affinity.rawValue, data: data,
                    timeout: seconds.map { UInt64($0) * 1000 })),
        ]
    }
}
