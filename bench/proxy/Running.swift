import Kubernetes
import Measure
import Network
import Platform
import Proxy
import Synchronization

/// A proxy at work on a thread of its own, in a namespace of its own, and its store.
final class Running {
    let cluster: Cluster
    private var writer = StoreWriter()
    private let end = End()
    private var thread: Thread?

    /// What the threads share.
    private final class End: Sendable {
        let applied = Semaphore()
        let ended = Semaphore()
        let isStopped = Flag()
        let waker = Mutex<Waker?>(nil)
        /// How long the first synchronisation took the proxy itself.
        let full = Mutex(Duration.zero)
        let failures = Mutex(0)
    }

    init(_ cluster: Cluster) throws {
        self.cluster = cluster
        try cluster.fill(&writer)
    }
}

extension Running {
    /// Starts the proxy in a namespace; the answer is how long all services took, and till when.
    func start(in namespace: consuming NetworkNamespace) throws -> Duration {
        let (end, store) = (end, writer.store)
        thread = try Thread(owning: namespace) { namespace in
            let result = try? namespace.run { Result { try Self.work(on: store, end) } }
            if case .failure(let error)? = result { print("ended: \(error)") }
            end.ended.signal()
        }
        end.applied.wait()
        return end.full.withLock(\.self)
    }

    private static func work(on store: ObjectStore, _ end: End) throws {
        var settings = ProxySettings(nodeName: Cluster.nodeName)
        settings.families = [.v4]
        var proxy = try ServiceProxy(settings, of: store, signals: [], cleaned: { _ in }) { event in
            switch event {
            case .applied(_, let applied):
                if applied.isFull { end.full.withLock { $0 = applied.duration } }
                if applied.services > 0 { end.applied.signal() }
            case .failed(_, let error, _):
                end.failures.withLock { $0 += 1 }
                print("failed: \(error)")
            default: break
            }
        }
        end.waker.withLock { [waker = proxy.waker] in $0 = waker }
        try proxy.run(until: end.isStopped)
    }

    func stop() {
        end.isStopped.set()
        end.waker.withLock { $0?.wake() }
        end.ended.wait()
    }

    /// Makes one change and waits until the kernel has it.
    func change(_ body: (inout StoreWriter) throws -> Void) rethrows -> Duration {
        try body(&writer)
        let begin = MonotonicTime.now
        writer.publish()
        end.applied.wait()
        return MonotonicTime.now - begin
    }
}
