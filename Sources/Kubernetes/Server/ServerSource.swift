import Platform
import Synchronization
import Transport

/// An API server as a source of objects.
package final class ServerSource: ObjectSource {
    package let store: ObjectStore
    private let shared: ServerLoop.SharedState
    private let thread: Mutex<Thread?>

    /// Begins to keep objects of some kinds as the server has them.
    ///
    /// `report` is called on the source's thread, and must be short. Throws when there are no credentials
    /// to begin with; a server that does not answer is asked again and again.
    /// With `givesWay`, what comes from the server is read once other threads need no processor.
    package convenience init(
        _ settings: CredentialsSettings, _ kinds: [Kind: ListWatchOptions],
        givesWay: Bool = false, report: @escaping @Sendable (Report) -> Void
    ) throws { try self.init(settings, kinds, LoopClock(), givesWay: givesWay, report) }

    init(
        _ settings: CredentialsSettings, _ kinds: [Kind: ListWatchOptions], _ clock: LoopClock,
        givesWay: Bool = false, _ report: @escaping @Sendable (Report) -> Void
    ) throws {
        var credentials = try Credentials(settings)
        let access = try credentials.current()
        _ = try Transport.Endpoint(access)
        let begin = Beginning(StoreWriter(), credentials, access, kinds, clock, report)
        store = begin.store
        shared = begin.shared
        thread = Mutex(
            try Thread {
                if givesWay { Thread.giveWay() }
                begin.run()
            })
    }

    package var statistics: SourceStatistics { shared.statistics.withLock(\.self) }

    package func stop() {
        shared.stop()
        // Its deinit waits for the thread's end.
        thread.withLock { $0 = nil }
    }

    deinit { stop() }
}

/// What the thread of a source begins with.
private final class Beginning: Sendable {
    let store: ObjectStore
    let shared = ServerLoop.SharedState()
    private let writer: Mutex<StoreWriter?>
    private let credentials: Credentials
    private let access: ClusterAccess
    private let kinds: [Kind: ListWatchOptions]
    private let clock: LoopClock
    private let report: @Sendable (Report) -> Void

    init(
        _ writer: consuming StoreWriter, _ credentials: Credentials, _ access: ClusterAccess,
        _ kinds: [Kind: ListWatchOptions], _ clock: LoopClock,
        _ report: @escaping @Sendable (Report) -> Void
    ) {
        store = writer.store
        self.writer = Mutex(consume writer)
        self.credentials = credentials
        self.access = access
        self.kinds = kinds
        self.clock = clock
        self.report = report
    }

    func run() {
        guard let writer = writer.withLock({ $0.take() }) else { return }
        let pool = SharingPool()
        let reflectors = kinds.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { $0.key.reflector($0.value, pool) }
        do {
            let connection = try ServerConnection(credentials, access)
            var loop = try ServerLoop(writer, connection, reflectors, shared, clock, report)
            loop.run()
        } catch {
            report(Report(.error, "the source of objects could not begin: \(error)"))
        }
    }
}
