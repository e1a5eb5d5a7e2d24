package import Kubernetes
import NFTables
import Netlink
import Network
package import Platform

/// Keeps the services of a cluster in the kernel of one node, on the thread that runs it.
///
/// It works in the network namespace that it was made in.
package struct ServiceProxy: ~Copyable {
    enum Source: UInt64, Sendable {
        case ruleset
        case addresses
    }

    let settings: ProxySettings
    let report: (SyncEvent) -> Void
    package let subscription: Subscription
    var loop: EventLoop<Source>
    var kernel: KernelRuleset
    var watch: RulesetWatch
    var addressMonitor: Monitor<RouteEvent>?
    var cleaner: ConntrackCleaner
    var families: [FamilySync]
    var node: NodeState
    /// What was applied last; nil before the first time.
    var applied: Look?
    /// Whether all that was listed has been in the kernel once.
    private var isReady = false
    var unapplied: [IPFamily: UnappliedChanges] = [:]
    var schedule: SyncSchedule
    var retry = RetrySchedule()
    var findings = ServiceFindings()
    /// Whether spare rotations are still to be made, and when.
    var isIdle = false
    var restockTime: MonotonicTime?
    /// All services at once have taken several times the memory that one change needs.
    var isBloated = false
    let start = MonotonicTime.now

    /// Signals end `run`; they must be blocked in every other thread.
    package init(
        _ settings: ProxySettings, of store: ObjectStore, signals: [Signal],
        cleaned: @escaping @Sendable (CleanupReport) -> Void,
        report: @escaping (SyncEvent) -> Void
    ) throws {
        var loop = try EventLoop<Source>()
        if !signals.isEmpty { try loop.receive(signals) }
        let waker = loop.waker
        let kernel = try KernelRuleset()
        let cleaner = try ConntrackCleaner(graces: settings.graces, report: cleaned)
        var node = NodeState(settings)
        let addressMonitor = try Self.watchAddresses(settings, &loop, &node)
        self.addressMonitor = addressMonitor
        watch = RulesetWatch()
        self.kernel = kernel
        self.cleaner = cleaner
        self.loop = loop
        self.node = node
        self.settings = settings
        self.report = report
        subscription = store.subscribe(to: Self.kinds) { waker.wake() }
        families = settings.families.map {
            FamilySync(settings.table(of: $0), seed: settings.seed)
        }
        schedule = SyncSchedule(minDelay: settings.minDelay, maxDelay: settings.maxDelay)
    }

    /// What it must be told of.
    package static let kinds: Set<Kind> = [.service, .endpointSlice, .node, .serviceCIDR]

    /// Lets other threads end `run`.
    package var waker: Waker { loop.waker }
}

extension ServiceProxy {
    /// Works until a signal comes, or `isStopped` is set and the loop is woken.
    package mutating func run(until isStopped: Flag = Flag()) throws {
        var events: [Event<Source>] = []
        prepare()
        schedule.changed(at: .now)
        while !isStopped.isSet {
            step()
            try loop.wait(into: &events, until: nextDeadline)
            for event in events {
                switch event {
                case .signal: return
                case .woken: noteChange()
                case .ready(.ruleset, _): readRulesetEvents()
                case .ready(.addresses, _): readAddressEvents()
                case .timer: break
                }
            }
        }
    }

    /// Uses the time in which the source lists objects.
    private mutating func prepare() {
        if Self.isComplete(subscription.look().snapshot) { return }
        for index in families.indices {
            // What is wrong shows again when it matters.
            try? families[index].prepare(&kernel)
        }
    }

    private func isDue(_ time: MonotonicTime?) -> Bool { time.map { $0 <= .now } ?? false }

    private var nextDeadline: MonotonicTime? {
        let times =
            [schedule.due, retry.due, watch.due] + families.map(\.nextRetry)
            + [isIdle ? restockTime : nil]
        return times.compactMap(\.self).min()
    }

    private mutating func noteChange() {
        let now = MonotonicTime.now
        schedule.changed(at: now)
        report(.changed(at: now))
    }

    /// Does what is due.
    private mutating func step() {
        if isDue(schedule.due) || isDue(retry.due) { synchronize() }
        if isDue(watch.due) { verify() }
        if families.contains(where: { isDue($0.nextRetry) }) { retryRefused() }
        if isIdle, isDue(restockTime) { restock() }
    }
}

extension ServiceProxy {
    /// Whether services and endpoints have been listed, before which nothing is written (S6).
    static func isComplete(_ snapshot: Snapshot) -> Bool {
        [.service, .endpointSlice, .node].allSatisfy { snapshot[state: $0].isSynced }
    }

    mutating func synchronize() {
        let begin = MonotonicTime.now
        let look = subscription.look()
        guard Self.isComplete(look.snapshot) else {
            schedule.synced(from: begin, until: begin)
            return
        }
        let changed = ChangedServices(look)
        let before = node
        node.read(look.snapshot)
        if node.facts != before.facts || applied == nil { report(.node(node.facts)) }
        applied = look
        // A family that waits to be tried again does not keep the other from its changes.
        let isWaiting = retry.due.map { $0 > begin } ?? false
        var (failed, skipped) = (false, false)
        for index in families.indices {
            take(look, families[index].family)
            if isWaiting, families[index].plan == nil {
                skipped = true
                continue
            }
            let keys = before.view == node.view ? changed.keys : Set(look.snapshot.serviceKeys)
            failed = !synchronize(index, keys, look.snapshot) || failed
        }
        let end = MonotonicTime.now
        schedule.synced(from: begin, until: end)
        if !skipped { retry.finished(at: end, failed: failed, limit: settings.retryLimit) }
        restockTime = end + Self.restockDelay
        isIdle = true
        if !isReady, !failed, !skipped {
            isReady = true
            report(.ready(end - start))
            isBloated = true
        }
    }

    private mutating func take(_ look: Look, _ family: IPFamily) {
        let changes = UnappliedChanges(look, family)
        unapplied[family, default: UnappliedChanges()].add(changes)
        report(.taken(family, services: changes.services, slices: changes.slices))
    }

    /// One family's part; false if it has to be tried again.
    private mutating func synchronize(
        _ index: Int, _ keys: Set<ObjectKey>, _ snapshot: Snapshot
    ) -> Bool {
        let begin = MonotonicTime.now
        let wanted = wanted(families[index].family, snapshot)
        let networks = node.networks(of: wanted.family, settings)
        let isFull = families[index].plan == nil
        do throws(NFTablesError) {
            var outcome: SyncOutcome
            if isFull {
                watch.close(&loop, &kernel)
                outcome = try families[index].recover(
                    wanted, networks, takingOver: takeover(wanted.family), &kernel)
            } else {
                if keys.count > Self.quietLimit { watch.close(&loop, &kernel) }
                outcome = try families[index].update(keys, wanted, &kernel)
                _ = try families[index].update(networks, &kernel)
            }
            watch.open(&loop, &kernel)
            let changes = unapplied.removeValue(forKey: wanted.family)
            finish(outcome, wanted, changes, isFull: isFull, since: begin)
            return true
        } catch {
            watch.open(&loop, &kernel)
            report(.failed(wanted.family, error, services: families[index].suspectKeys))
            return false
        }
    }

    /// More changes at once would overrun the socket that tells of them.
    private static var quietLimit: Int { 200 }

    func wanted(_ family: IPFamily, _ snapshot: Snapshot) -> WantedServices {
        WantedServices(
            snapshot: snapshot, node: node.view, family: family, settings: settings.model,
            nodeAddress: node.address(of: family, settings))
    }

    /// What kube-proxy has left, which must not translate what our table does.
    private mutating func takeover(_ family: IPFamily) -> Takeover {
        do throws(NFTablesError) {
            return try Takeover(family, from: &kernel)
        } catch {
            report(.leftBehind(family, error))
            return Takeover()
        }
    }
}

extension ServiceProxy {
    private mutating func finish(
        _ outcome: SyncOutcome, _ wanted: WantedServices, _ changes: UnappliedChanges? = nil,
        isFull: Bool, since begin: MonotonicTime
    ) {
        let sync = families.first { $0.family == wanted.family }
        let count = isFull ? wanted.snapshot.services.count : outcome.applied.count
        report(
            .applied(
                wanted.family,
                SyncEvent.Applied(
                    services: count, total: sync?.plan?.serviceCount ?? 0,
                    backends: sync?.plan?.backendCount ?? 0,
                    conflicts: sync?.plan?.conflictCount ?? 0, refused: sync?.refused.count ?? 0,
                    elements: outcome.elements, commands: outcome.commands,
                    duration: .now - begin, isFull: isFull,
                    notes: changes.map { Array($0.notes.values) } ?? [])))
        let keys = isFull ? wanted.snapshot.serviceKeys : Array(outcome.applied.keys)
        tellFindings(of: keys, wanted, sync?.plan)
        if let error = outcome.leftBehind { report(.leftBehind(wanted.family, error)) }
        for (key, error) in outcome.refused { report(.refused(wanted.family, key, error)) }
        guard let plan = sync?.plan else { return }
        if isFull { cleaner.add(StaleConnections(ofAll: wanted, plan).checks) }
        cleaner.add(StaleConnections(outcome.applied, wanted, plan, settings).checks)
    }

    private mutating func tellFindings(
        of keys: [ObjectKey], _ wanted: WantedServices, _ plan: FamilyPlan?
    ) {
        if keys.isEmpty { return }
        for complaint in findings.update(keys, wanted, plan) { report(.complaint(complaint)) }
        if let checks = findings.takeChangedHealthChecks() { report(.healthChecks(checks)) }
        let (internally, externally) = findings.withoutLocal(wanted.family)
        report(.withoutLocal(wanted.family, internally: internally, externally: externally))
    }

    private mutating func retryRefused() {
        guard let snapshot = applied?.snapshot else { return }
        for index in families.indices where isDue(families[index].nextRetry) {
            let wanted = wanted(families[index].family, snapshot)
            let networks = node.networks(of: wanted.family, settings)
            do throws(NFTablesError) {
                let outcome = try families[index].retry(
                    wanted, networks, at: .now, limit: settings.retryLimit, &kernel)
                finish(outcome, wanted, isFull: false, since: .now)
            } catch {
                report(.failed(wanted.family, error, services: []))
                retry.finished(at: .now, failed: true, limit: settings.retryLimit)
            }
        }
    }
}
