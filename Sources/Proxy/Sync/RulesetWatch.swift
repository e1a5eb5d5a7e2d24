import NFTables
import Netlink
import Network
import Platform

/// Notices when somebody else changes our tables.
///
/// While much is written the socket is closed: the kernel would tell us of each element, which
/// takes as long as writing it. What happened meanwhile shows in the ruleset's generation.
struct RulesetWatch: ~Copyable {
    private var monitor: RulesetMonitor?
    /// When it was closed: the ruleset's generation less our own transactions.
    private var closedAt: UInt32?
    private var schedule = VerifySchedule()
    /// Whether events since the last generation concern one of our tables.
    private var touchesOwn = false

    /// Enough for the events of a few thousand elements.
    private static let buffer = 4 << 20

    /// When the tables are to be compared; nil while there is no reason.
    var due: MonotonicTime? { schedule.due }
}

extension RulesetWatch {
    mutating func open(
        _ loop: inout EventLoop<ServiceProxy.Source>, _ kernel: inout KernelRuleset
    ) {
        guard monitor == nil else { return }
        do {
            let monitor = try RulesetMonitor(.ruleset)
            try? monitor.reserveBuffer(Self.buffer)
            try loop.add(monitor.socket.socket.descriptor, .read, as: .ruleset)
            self.monitor = consume monitor
            compareGenerations(kernel.foreignGeneration)
        } catch {
            // Without it, changes by others are found at the next comparison only.
            schedule.suspect(at: .now + VerifySchedule.blindInterval)
        }
    }

    mutating func close(
        _ loop: inout EventLoop<ServiceProxy.Source>, _ kernel: inout KernelRuleset
    ) {
        guard let open = monitor.take() else { return }
        closedAt = kernel.foreignGeneration
        try? loop.remove(open.socket.socket.descriptor)
    }

    /// Somebody may have changed our table while nobody looked.
    private mutating func compareGenerations(_ now: UInt32?) {
        if let closedAt = closedAt.take(), closedAt != now { schedule.suspect(at: .now) }
    }

    /// Takes in what has happened; changes of the calling thread are ours.
    mutating func read(own tables: Set<TableName>) {
        let thread = ProcessID.currentThread
        while let events = try? monitor?.next() {
            for event in events {
                switch event {
                case .overrun: schedule.suspect(at: .now)
                case .newGeneration(let generation):
                    if touchesOwn, generation.process != thread { schedule.suspect(at: .now) }
                    touchesOwn = false
                default:
                    if let table = event.table, tables.contains(table) { touchesOwn = true }
                }
            }
        }
    }

    mutating func verified(from start: MonotonicTime, until end: MonotonicTime, repaired: Bool) {
        schedule.verified(from: start, until: end, repaired: repaired)
    }
}

extension KernelRuleset {
    /// A number that changes with transactions of others only.
    fileprivate var foreignGeneration: UInt32? {
        mutating get {
            guard let generation = try? generation() else { return nil }
            return generation &- transactions
        }
    }
}

/// When the kernel's tables are compared with the plan.
struct VerifySchedule: Sendable {
    private(set) var due: MonotonicTime?
    private var earliest: MonotonicTime?
    private var gap = firstGap

    /// When nothing tells of changes, this often.
    static let blindInterval = Duration.seconds(60)
    /// Somebody who keeps changing our table is answered more and more slowly.
    private static let firstGap = Duration.milliseconds(50)
    private static let lastGap = Duration.seconds(10)

    mutating func suspect(at now: MonotonicTime) {
        if due != nil { return }
        // Who has been quiet for as long again is answered as if for the first time.
        if let earliest, now > earliest + gap { gap = Self.firstGap }
        due = max(now, earliest ?? now)
    }

    mutating func verified(from start: MonotonicTime, until end: MonotonicTime, repaired: Bool) {
        due = nil
        gap = repaired ? min(Self.lastGap, gap * 2) : Self.firstGap
        earliest = end + max(gap, end - start)
    }
}

extension RulesetEvent {
    /// The table that it is about.
    fileprivate var table: TableName? {
        switch self {
        case .tableAdded(let table): table.name
        case .tableRemoved(let name): name
        case .chainAdded(let chain): chain.name.table
        case .chainRemoved(let name): name.table
        case .ruleAdded(let rule), .ruleRemoved(let rule): rule.rule.chain.table
        case .setAdded(let set): set.name.table
        case .setRemoved(let name): name.table
        case .elementsAdded(let elements), .elementsRemoved(let elements): elements.set.table
        case .newGeneration, .overrun, .other: nil
        }
    }
}
