package import Kubernetes
package import Platform

/// Follows a source on the calling thread until it is told to end.
package struct Follower: ~Copyable {
    /// The loop has no descriptors but its own.
    private struct Nothing: RawRepresentable, Sendable {
        let rawValue: UInt64
    }

    private var loop: EventLoop<Nothing>
    private let subscription: Subscription
    private let reports: ReportQueue
    private let kinds: Set<Kind>

    /// The signals that end a command; blocked here, and to be blocked before the source begins.
    package static let signals: [Signal] = [.interrupt, .terminate]

    package init(
        _ source: any ObjectSource, _ reports: ReportQueue, kinds: Set<Kind>
    ) throws(PlatformError) {
        var loop = try EventLoop<Nothing>()
        try loop.receive(Self.signals)
        let waker = loop.waker
        subscription = source.store.subscribe(to: kinds) { waker.wake() }
        reports.wake { waker.wake() }
        self.loop = loop
        self.reports = reports
        self.kinds = kinds
    }
}

extension Follower {
    /// What `wait` returned for.
    enum Wake: Hashable {
        case news
        case signal(Signal)
        case deadline
    }

    func look() -> Look { subscription.look() }

    func takeReports() -> [Report] { reports.takeAll() }

    mutating func wait(until deadline: MonotonicTime? = nil) throws(PlatformError) -> Wake {
        var events: [Event<Nothing>] = []
        try loop.wait(into: &events, until: deadline)
        for event in events {
            if case .signal(let signal) = event { return .signal(signal) }
        }
        return events.isEmpty ? .deadline : .news
    }

    /// Waits until all kinds were listed once; what is wrong when that takes too long is the error.
    package mutating func waitForSync(within patience: Duration) throws -> Look {
        let deadline = MonotonicTime.now + patience
        while true {
            let look = subscription.look()
            let missing = Self.unsynced(kinds, in: look.snapshot)
            if missing.isEmpty { return look }
            switch try wait(until: deadline) {
            case .news: break
            case .signal(let signal):
                throw InspectionError(.interrupted, "ended by signal \(signal.rawValue)")
            case .deadline: throw notSynced(missing, patience)
            }
        }
    }

    static func unsynced(_ kinds: Set<Kind>, in snapshot: Snapshot) -> [Kind] {
        Kind.allCases.filter { kinds.contains($0) && !snapshot[state: $0].isSynced }
    }

    private func notSynced(_ kinds: [Kind], _ patience: Duration) -> InspectionError {
        let names = kinds.map(\.resource.plural).joined(separator: ", ")
        let reason = reports.last.map { ": \($0.text)" } ?? ", and the source says nothing of it"
        return InspectionError(
            .notSynced,
            "\(names) could not be listed within \(patience.components.seconds) s\(reason)")
    }
}
