import Kubernetes
import Network
import Platform
import Synchronization
import TestSupport

@testable import Proxy

/// A proxy at work in a host; it ends with its last reference and leaves its tables.
final class RunningProxy: Sendable {
    private let cluster: Cluster
    private let isStopped = Flag()
    private let log: EventLog
    private let thread: Thread

    init(
        _ settings: ProxySettings, on host: Host, _ cluster: Cluster,
        telling listener: @escaping @Sendable (SyncEvent) -> Void = { _ in }
    ) throws {
        let (log, isStopped) = (EventLog(), isStopped)
        self.cluster = cluster
        self.log = log
        let store = cluster.store
        thread = try Thread {
            do {
                try host.run {
                    var proxy = try ServiceProxy(
                        settings, of: store, signals: [], cleaned: { log.add($0) }
                    ) {
                        listener($0)
                        log.add($0)
                    }
                    log.started(proxy.waker)
                    try proxy.run(until: isStopped)
                }
            } catch {
                log.fail(error)
            }
        }
        try log.wait("be ready") { $0.isReady }
    }

    deinit {
        isStopped.set()
        log.wake()
    }
}

extension RunningProxy {
    /// Changes objects, and waits until the kernel has it.
    func change(_ body: (inout StoreWriter) -> Void) throws {
        let before = log.read { $0.applied }
        cluster.write(body)
        try log.wait("apply a change") { $0.applied > before }
    }

    func put(_ service: Service, _ slices: EndpointSlice...) throws {
        try change { writer in
            writer.put(service)
            for slice in slices { writer.put(slice) }
        }
    }

    /// Waits until the table has been put right so many times in all.
    func awaitRepair(_ count: Int) throws {
        try log.wait("repair its table") { $0.repaired >= count }
    }

    /// How often the table has been put right.
    var repairs: Int { log.read { $0.repaired } }

    /// Waits until so many connections in all have been deleted, after changes.
    func awaitCleanup(_ count: Int) throws {
        try log.wait("clean up") { $0.cleaned >= count }
    }
}

/// What a proxy has told.
private final class EventLog: Sendable {
    private let state = Mutex(State())

    struct State: Sendable {
        var waker: Waker?
        var isReady = false
        /// How often changes of services were applied.
        var applied = 0
        var cleaned = 0
        var repaired = 0
        var failures: [String] = []
    }

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value {
        state.withLock { body($0) }
    }

    func started(_ waker: Waker) { state.withLock { $0.waker = waker } }
    func wake() { state.withLock { $0.waker }?.wake() }
    func fail(_ error: any Error) { state.withLock { $0.failures.append("\(error)") } }
    func add(_ report: CleanupReport) { state.withLock { $0.cleaned += report.deleted } }

    func add(_ event: SyncEvent) {
        state.withLock { state in
            switch event {
            case .ready: state.isReady = true
            case .applied(_, let applied) where applied.services > 0: state.applied += 1
            case .failed(_, let error, _): state.failures.append("\(error)")
            case .refused(_, let key, let error): state.failures.append("\(key): \(error)")
            case .repaired: state.repaired += 1
            default: break
            }
        }
    }

    func wait(_ purpose: String, _ isDone: (State) -> Bool) throws {
        let deadline = MonotonicTime.now + .patience
        while !read(isDone) {
            let failures = read { $0.failures }
            guard failures.isEmpty, MonotonicTime.now < deadline else {
                throw LabError("the proxy does not \(purpose): \(failures)")
            }
            sleep(for: .milliseconds(1))
        }
    }
}
