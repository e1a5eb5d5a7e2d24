import Kubernetes
import NFTables
import Network
import Platform

/// The services of one address family in the kernel.
///
/// It owns the plan, and begins upon what the kernel holds whenever the two may differ: at the start,
/// after a refused transaction, after a change by somebody else.
struct FamilySync: Sendable {
    let table: ProxyTable
    private let seed: Int
    /// Nil as long as it is not known what the kernel holds.
    private(set) var plan: FamilyPlan?
    /// Services that the kernel refuses, alone and by themselves.
    private(set) var refused: [ObjectKey: Refused] = [:]
    private var removedRetired: MonotonicTime?
    private var prepared: HeldTable?
    /// What the last failed transaction was about, until each of it was tried alone.
    private var suspects: [ObjectKey: [PortMeaning]] = [:]

    struct Refused: Sendable {
        /// What the kernel has of it still.
        let before: [PortMeaning]
        let error: NFTablesError
        var delay: Duration
        var retry: MonotonicTime
    }

    init(_ table: ProxyTable, seed: Int) {
        self.table = table
        self.seed = seed
    }

    var family: IPFamily { table.family }

    /// The services of the last refused transaction.
    var suspectKeys: [ObjectKey] { suspects.keys.sorted() }
}

/// What came of a synchronisation.
struct SyncOutcome: Sendable {
    var elements = 0
    var commands = 0
    /// Services whose elements are in the kernel now, with what they were before.
    var applied: [ObjectKey: [PlacedPort]] = [:]
    /// Services that were refused this time.
    var refused: [ObjectKey: NFTablesError] = [:]
    /// Why what another proxy has left is still there.
    var leftBehind: NFTablesError?

    mutating func count(_ change: TableChange) {
        elements += change.elementCount
    }
}

extension FamilySync {
    /// Makes some services what they are to be.
    mutating func update(
        _ keys: some Sequence<ObjectKey>, _ wanted: WantedServices,
        _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> SyncOutcome {
        guard plan != nil else { return SyncOutcome() }
        var outcome = SyncOutcome()
        var change = TableChange(table)
        removeRetired(&change)
        var waiting = Array(keys)
        while let key = waiting.popLast() {
            refused[key] = nil
            let before = plan?.placedPorts(of: key) ?? []
            if outcome.applied[key] == nil { outcome.applied[key] = before }
            waiting += plan?.set(key, to: wanted[key], &change) ?? []
        }
        try apply(change, &outcome, &ruleset)
        for key in outcome.applied.keys { suspects[key] = nil }
        return outcome
    }

    /// Deletes places that lists have left, if that was long enough ago for every packet.
    private mutating func removeRetired(_ change: inout TableChange) {
        let now = MonotonicTime.now
        if let removedRetired, now - removedRetired < Self.packetTime { return }
        plan?.removeRetired(&change)
        removedRetired = now
    }

    /// More than a packet takes through the rules, on a busy machine.
    private static let packetTime = Duration.milliseconds(10)

    /// Applies a change of the plan; without success the plan is worth nothing any more.
    private mutating func apply(
        _ change: TableChange, _ outcome: inout SyncOutcome,
        _ ruleset: inout some Ruleset & ~Copyable, ifGeneration generation: UInt32? = nil
    ) throws(NFTablesError) {
        guard !change.isEmpty else { return }
        do throws(NFTablesError) {
            let transaction = change.transaction
            try ruleset.apply(transaction, ifGeneration: generation)
            outcome.count(change)
            outcome.commands += transaction.commands.count
        } catch {
            plan = nil
            for (key, ports) in outcome.applied where suspects[key] == nil {
                suspects[key] = ports.map(\.fullMeaning)
            }
            throw error
        }
    }

    /// Makes the node's networks what they are.
    mutating func update(
        _ networks: NodeNetworks, _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> SyncOutcome {
        var outcome = SyncOutcome()
        var change = TableChange(table)
        plan?.set(networks, &change)
        try apply(change, &outcome, &ruleset)
        return outcome
    }

    /// Prepares for the next changes while there is nothing else to do.
    mutating func restock(
        _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> SyncOutcome {
        var outcome = SyncOutcome()
        guard let change = plan?.restock() else { return outcome }
        try apply(change, &outcome, &ruleset)
        return outcome
    }
}

extension FamilySync {
    /// Reads what the kernel holds and makes it right.
    ///
    /// Services that were in a refused transaction stay as they were at first; then each is tried
    /// again, in ever smaller groups, until those are known that the kernel refuses.
    mutating func recover(
        _ wanted: WantedServices, _ networks: NodeNetworks,
        takingOver others: Takeover = Takeover(),
        _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> SyncOutcome {
        var outcome = SyncOutcome()
        try begin(wanted, networks, takingOver: others, &outcome, &ruleset)
        var groups = suspects.isEmpty ? [] : [suspects.keys.sorted()]
        while let group = groups.popLast() {
            let known = suspects
            do throws(NFTablesError) {
                let part = try update(group, wanted, &ruleset)
                outcome.applied.merge(part.applied) { first, _ in first }
                outcome.elements += part.elements
                outcome.commands += part.commands
            } catch {
                // Those that waited for something of the group's go the way of the group.
                suspects = known
                if group.count == 1 {
                    outcome.refused[group[0]] = error
                    refuse(group[0], error)
                } else {
                    let half = group.count / 2
                    groups += [Array(group[half...]), Array(group[..<half])]
                }
                try adopt(wanted, networks, &outcome, &ruleset)
            }
        }
        return outcome
    }

    /// Makes the table right except for services that may be what the kernel refuses.
    private mutating func begin(
        _ wanted: WantedServices, _ networks: NodeNetworks, takingOver others: Takeover,
        _ outcome: inout SyncOutcome, _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) {
        do throws(NFTablesError) {
            return try adopt(wanted, networks, takingOver: others, &outcome, &ruleset)
        } catch {
            guard case .refused = error.code else { throw error }
            if !others.isEmpty {
                // Our own services must not fail with what somebody else's rules are like.
                outcome.leftBehind = error
                return try begin(wanted, networks, takingOver: Takeover(), &outcome, &ruleset)
            }
        }
        try suspectAll(wanted, &ruleset)
        try adopt(wanted, networks, &outcome, &ruleset)
    }

    /// Suspects every service, with what the kernel has of it.
    private mutating func suspectAll(
        _ wanted: WantedServices, _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) {
        let services = wanted.all
        let held = try HeldTable(table, from: &ruleset)
        let before = FamilyPlan.held(of: services, in: held)
        for key in services.keys where suspects[key] == nil && refused[key] == nil {
            suspects[key] = before[key] ?? []
        }
    }

    private mutating func refuse(_ key: ObjectKey, _ error: NFTablesError) {
        let before = suspects.removeValue(forKey: key) ?? []
        refused[key] = Refused(
            before: before, error: error, delay: Self.firstDelay,
            retry: .now + Self.firstDelay)
    }

    private static let firstDelay = Duration.seconds(1)

    private mutating func adopt(
        _ wanted: WantedServices, _ networks: NodeNetworks,
        takingOver others: Takeover = Takeover(),
        _ outcome: inout SyncOutcome, _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) {
        // Until it is read, nobody knows what the kernel holds.
        plan = nil
        let held = try read(&ruleset)
        var services = wanted.all
        for (key, before) in suspects { services[key] = before.isEmpty ? nil : before }
        for (key, state) in refused { services[key] = state.before.isEmpty ? nil : state.before }
        // A table that replaces another's must be whole at once; one of a new node grows.
        let groups =
            held.contents == nil && others.isEmpty
            ? StartOrder.groups(services) : [Array(services.keys)]
        let first = Set(groups.first ?? [])
        var change = TableChange(table)
        plan = FamilyPlan(
            table, seed: seed, adopting: held, services: services.filter { first.contains($0.key) },
            networks: networks, &change)
        change.take(over: others)
        try apply(change, &outcome, &ruleset, ifGeneration: held.generation)
        for group in groups.dropFirst() {
            var change = TableChange(table)
            for key in group { _ = plan?.set(key, to: services[key] ?? [], &change) }
            try apply(change, &outcome, &ruleset)
        }
    }
}

extension FamilySync {
    /// Reads the table before it is known what it should hold, while objects are still to come.
    mutating func prepare(_ ruleset: inout some Ruleset & ~Copyable) throws(NFTablesError) {
        prepared = try HeldTable(table, from: &ruleset)
    }

    /// What the kernel holds: as it was read before, if nothing has changed since.
    private mutating func read(
        _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> HeldTable {
        if let held = prepared.take(), try ruleset.generation() == held.generation {
            return held
        }
        return try HeldTable(table, from: &ruleset)
    }
}

extension FamilySync {
    /// The next time that a refused service is tried again.
    var nextRetry: MonotonicTime? { refused.values.map(\.retry).min() }

    /// Tries refused services again whose time has come; each refusal doubles the wait.
    mutating func retry(
        _ wanted: WantedServices, _ networks: NodeNetworks, at now: MonotonicTime, limit: Duration,
        _ ruleset: inout some Ruleset & ~Copyable
    ) throws(NFTablesError) -> SyncOutcome {
        var outcome = SyncOutcome()
        for (key, state) in refused where state.retry <= now {
            let known = suspects
            do throws(NFTablesError) {
                let part = try update([key], wanted, &ruleset)
                outcome.applied.merge(part.applied) { first, _ in first }
            } catch {
                outcome.refused[key] = error
                suspects = known
                let delay = min(limit, state.delay * 2)
                refused[key] = Refused(
                    before: state.before, error: error, delay: delay, retry: now + delay)
                try adopt(wanted, networks, &outcome, &ruleset)
            }
        }
        return outcome
    }
}

extension PlacedPort {
    /// What the port means, with the backends it has.
    var fullMeaning: PortMeaning {
        var meaning = meaning
        meaning.cluster = placement.cluster.backends.unique
        meaning.local = placement.local.backends.unique
        return meaning
    }
}

extension [Backend] {
    /// Weighted lists name a backend once for each turn.
    fileprivate var unique: [Backend] {
        var seen = Set<BackendEndpoint>()
        return filter { seen.insert($0.endpoint).inserted }
    }
}
