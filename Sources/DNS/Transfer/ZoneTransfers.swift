package import Kubernetes
import Network
import Synchronization

/// Who may copy which zones of a block, and where those come from.
package struct ZoneTransfers: Sendable {
    private let rules: [Rule]
    private let turns = TransferTurns()
    /// Of the cluster's objects.
    let store: ObjectStore?

    private struct Rule {
        let zone: ZoneSuffix
        let clients: [TransferOptions.Client]
    }

    /// Nil if nobody may copy anything.
    package init?(_ options: [TransferOptions], of store: ObjectStore?) {
        if options.isEmpty { return nil }
        rules = options.flatMap { option in
            option.zones.map { Rule(zone: ZoneSuffix($0), clients: option.clients) }
        }
        self.store = store
    }
}

extension ZoneTransfers {
    /// Whether the rules of the longest zone that a name is in let a client copy it.
    func allows(_ client: IPAddress, _ name: borrowing QuestionName) -> Bool {
        var (longest, isAllowed) = (-1, false)
        for rule in rules {
            guard rule.zone.labelCount >= longest, name.labelsBefore(rule.zone) != nil else {
                continue
            }
            // Several rules for one zone add up.
            if rule.zone.labelCount > longest { isAllowed = false }
            longest = rule.zone.labelCount
            if rule.clients.contains(where: { $0.allows(client) }) { isAllowed = true }
        }
        return isAllowed
    }

    /// Nil while the client copies the zone already, or too many zones are copied.
    func begin(_ zone: DomainName, for client: IPAddress) -> TransferTurn? {
        turns.begin(TransferTurns.Turn(client: client, zone: zone))
    }
}

extension TransferOptions.Client {
    fileprivate func allows(_ client: IPAddress) -> Bool {
        switch self {
        case .anyone: true
        // Copies are asked for from any port.
        case .server(let server): server.address.unmapped == client.unmapped
        }
    }
}

/// The right to a transfer, which ends with it.
final class TransferTurn: Sendable {
    private let turn: TransferTurns.Turn
    private let turns: TransferTurns

    fileprivate init(_ turn: TransferTurns.Turn, _ turns: TransferTurns) {
        self.turn = turn
        self.turns = turns
    }

    deinit { turns.end(turn) }
}

/// Which zones are on their way to whom.
private final class TransferTurns: Sendable {
    private let current = Mutex<Set<Turn>>([])

    struct Turn: Hashable {
        let client: IPAddress
        let zone: DomainName
    }

    /// Each keeps the objects of its moment in memory.
    private static let mostAtOnce = 8

    func begin(_ turn: Turn) -> TransferTurn? {
        let isNew = current.withLock { current in
            current.count < Self.mostAtOnce && current.insert(turn).inserted
        }
        return isNew ? TransferTurn(turn, self) : nil
    }

    func end(_ turn: Turn) { current.withLock { _ = $0.remove(turn) } }
}
