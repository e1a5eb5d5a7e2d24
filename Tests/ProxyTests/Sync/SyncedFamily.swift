import Kubernetes
import NFTables
import Network

@testable import Proxy

/// What a proxy does with the services of one family, step by step, in a ruleset of a test's.
struct SyncedFamily<Rules: Ruleset & ~Copyable>: ~Copyable {
    var sync: FamilySync
    var ruleset: Rules
    var networks = NodeNetworks()
    private var writer = StoreWriter()
    private let subscription: Subscription
    private(set) var snapshot = Snapshot()

    init(_ family: IPFamily, _ ruleset: consuming Rules) {
        var settings = ProxyTable.Settings()
        settings.pods = .networks
        self.ruleset = ruleset
        sync = FamilySync(ProxyTable(family, settings), seed: 3)
        subscription = writer.store.subscribe(to: ServiceProxy.kinds) {}
    }

    var wanted: WantedServices {
        WantedServices(
            snapshot: snapshot, node: here, family: sync.family, settings: ModelSettings(),
            nodeAddress: nil)
    }

    /// Changes objects; the answer is the services that this concerns.
    mutating func write(_ body: (inout StoreWriter) -> Void) -> Set<ObjectKey> {
        body(&writer)
        writer.publish()
        let look = subscription.look()
        snapshot = look.snapshot
        return ChangedServices(look).keys
    }

    mutating func start() throws(NFTablesError) -> SyncOutcome {
        try sync.recover(wanted, networks, &ruleset)
    }

    /// Changes objects and has the ruleset follow, as a proxy does at once.
    @discardableResult
    mutating func change(_ body: (inout StoreWriter) -> Void) throws(NFTablesError) -> SyncOutcome {
        let keys = write(body)
        return try sync.update(keys, wanted, &ruleset)
    }
}

extension SyncedFamily where Rules: ~Copyable {
    /// What a proxy would change that finds the table; nothing, if the ruleset is what was planned.
    mutating func differences() throws -> String {
        try differences(wanted.all)
    }

    /// The same when each service is known only from what is planned of it.
    mutating func planDifferences() throws -> String {
        guard let plan = sync.plan else { return "there is no plan" }
        return try differences(plan.ports.mapValues { $0.map(\.fullMeaning) })
    }

    private mutating func differences(_ services: [ObjectKey: [PortMeaning]]) throws -> String {
        // Places that packets may still have been on their way to stay for a moment.
        _ = try sync.restock(&ruleset)
        let held = try HeldTable(sync.table, from: &ruleset)
        var change = TableChange(sync.table)
        _ = FamilyPlan(
            sync.table, seed: 11, adopting: held, services: services, networks: networks, &change)
        return change.transaction.description
    }

    mutating func apply(_ step: RandomStep) throws {
        switch step {
        case .service(let service): try change { $0.put(service) }
        case .slice(let slice): try change { $0.put(slice) }
        case .deleteService(let key): try change { $0.delete(Service.self, key) }
        case .deleteSlice(let key): try change { $0.delete(EndpointSlice.self, key) }
        case .rest: _ = try sync.restock(&ruleset)
        }
    }
}
