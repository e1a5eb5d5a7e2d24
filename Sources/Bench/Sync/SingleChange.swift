import Network
import Platform

/// A change of one service, from the event in the store to the kernel's commit.
struct SingleChange: Subject {
    let identity: Identity
    private let kind: Kind
    private let stand: SyncStand
    private let count: Int
    private var turn = 0

    enum Kind: String, Hashable, Sendable, CaseIterable {
        case endpointSwapped = "endpoint-swapped"
        case endpointAdded = "endpoint-added"
        case endpointRemoved = "endpoint-removed"
        case serviceAdded = "service-added"
        case serviceDeleted = "service-deleted"
    }

    init(_ kind: Kind, on stand: SyncStand, count: Int) {
        self.kind = kind
        self.stand = stand
        self.count = count
        identity =
            SyncIdentity(
                workload: kind.rawValue, program: .weft, services: stand.services.count,
                endpoints: stand.services.endpoints, family: stand.family
            ).identity
    }

    mutating func measure() throws -> Round {
        var round = Round()
        for _ in 0..<count {
            turn += 1
            round.histogram.record(UInt64(max(0, try change().nanoseconds)))
        }
        round.setPercentiles()
        return round
    }
}

extension SingleChange {
    /// Makes a change and takes it back; only one of the two counts.
    private func change() throws -> Duration {
        let all = Array(0..<stand.services.endpoints)
        switch kind {
        case .endpointSwapped:
            let other = Array(all.dropLast()) + [all.count]
            return try pair({ try set(other) }, { try set(all) }).first
        case .endpointAdded:
            return try pair({ try set(all + [all.count]) }, { try set(all) }).first
        case .endpointRemoved:
            return try pair({ try set(all + [all.count]) }, { try set(all) }).second
        case .serviceAdded: return try pair(add, remove).first
        case .serviceDeleted: return try pair(add, remove).second
        }
    }

    private func pair(
        _ change: () throws -> Void, _ back: () throws -> Void
    ) throws -> (first: Duration, second: Duration) {
        (try time(change), try time(back))
    }

    private func time(_ write: () throws -> Void) throws -> Duration {
        stand.rest()
        try write()
        return try stand.apply()
    }

    /// Another service each time, all over the cluster.
    private var number: Int {
        let (number, services) = (turn * 7919 % stand.services.count, stand.services)
        return number == services.measured ? (number + 1) % services.count : number
    }

    /// One that is not there yet.
    private var extra: Int { stand.services.count + 1 + turn % 50 }

    private func set(_ endpoints: [Int]) throws {
        try stand.store.setEndpoints(endpoints, of: number)
    }

    private func add() throws { try stand.store.add(extra) }
    private func remove() { stand.store.remove(extra) }
}
