import Platform
import Synchronization
import Transport

/// What the thread of a `ServerSource` does: wait, read, write to the store, publish.
struct ServerLoop: ~Copyable {
    private enum Source: UInt64 {
        case client
    }

    private var loop: EventLoop<Source>
    private var context: ReflectorContext
    private let reflectors: [any AnyReflector]
    private let shared: SharedState
    private let clock: LoopClock
    /// When statistics are shown next, while some have changed.
    private var due: MonotonicTime?

    /// What other threads see of the loop.
    final class SharedState: Sendable {
        let isStopped = Atomic(false)
        let statistics = Mutex(SourceStatistics())
        let waker = Mutex<Waker?>(nil)

        /// Makes the loop end, from any thread, whether it has begun or not.
        func stop() {
            isStopped.store(true, ordering: .sequentiallyConsistent)
            waker.withLock { $0 }?.wake()
        }
    }

    init(
        _ writer: consuming StoreWriter, _ connection: ServerConnection,
        _ reflectors: [any AnyReflector], _ shared: SharedState,
        _ clock: LoopClock, _ report: @escaping @Sendable (Report) -> Void
    ) throws(PlatformError) {
        let loop = try EventLoop<Source>()
        try loop.add(connection.descriptor, .read, as: .client)
        let waker = loop.waker
        shared.waker.withLock { $0 = waker }
        self.loop = loop
        context = ReflectorContext(writer, connection, report)
        self.reflectors = reflectors
        self.shared = shared
        self.clock = clock
    }
}

extension ServerLoop {
    /// Works until it is stopped.
    mutating func run() {
        context.now = clock.now
        for reflector in reflectors { reflector.take(.start, &context) }
        context.writer.publish()
        var events: [Event<Source>] = []
        while !shared.isStopped.load(ordering: .sequentiallyConsistent) {
            do { try turn(&events) } catch {
                context.report(Report(.error, "the connection to the API server: \(error)"))
                // Nothing that can be mended here; the machines' deadlines go on.
                sleep(for: .seconds(1))
            }
        }
        for reflector in reflectors { reflector.take(.stop, &context) }
    }

    private mutating func turn(_ events: inout [Event<Source>]) throws {
        let deadline = reflectors.compactMap(\.deadline).min().map(clock.real)
        try loop.wait(into: &events, until: [deadline, due].compactMap(\.self).min())
        context.now = clock.now
        try context.connection.advance()
        while let event = context.connection.next() { dispatch(event) }
        for reflector in reflectors {
            if let deadline = reflector.deadline, deadline <= context.now {
                reflector.take(.time, &context)
            }
        }
        for warning in context.connection.takeWarnings() {
            context.report(Report(.warning, warning))
        }
        context.writer.publish()
        showStatistics()
    }

    /// Shows statistics a little later, for all that happens until then.
    private mutating func showStatistics() {
        let now = MonotonicTime.now
        guard let due else { return self.due = now + .milliseconds(100) }
        guard now >= due else { return }
        publishStatistics()
        self.due = nil
    }

    private mutating func dispatch(_ event: HTTPEvent) {
        for reflector in reflectors where reflector.take(event, &context) { return }
    }

    private func publishStatistics() {
        var statistics = SourceStatistics()
        for reflector in reflectors {
            statistics.kinds[reflector.kind] = reflector.statistics
            statistics.bytesReceived += UInt64(reflector.bytesReceived)
        }
        statistics.connectionsOpened = context.connection.counters.connections
        shared.statistics.withLock { $0 = statistics }
    }
}
