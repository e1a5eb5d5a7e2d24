import NFTables
import Network
import Platform
import Proxy
import Synchronization

/// What a running proxy has told, for those who wait for it.
final class ProxyLog: Sendable {
    private let state = Mutex(State())
    private let news = Semaphore()

    struct State: Sendable {
        var waker: Waker?
        var isReady = false
        /// How often changes of services were applied.
        var applied = 0
        var full = Duration.zero
        var commands = 0
        var failure: String?
    }
}

extension ProxyLog {
    func started(_ waker: Waker) { state.withLock { $0.waker = waker } }
    func wake() { state.withLock { $0.waker }?.wake() }

    /// Tells those who wait that nothing more comes.
    func end(_ cause: String) {
        state.withLock { $0.failure = $0.failure ?? cause }
        news.signal()
    }

    func add(_ event: SyncEvent) {
        let isNews = state.withLock { state in
            switch event {
            case .ready: state.isReady = true
            case .applied(_, let applied) where applied.isFull:
                state.full += applied.duration
                state.commands += applied.commands
                return false
            case .applied(_, let applied) where applied.services > 0: state.applied += 1
            case .failed(_, let error, _): state.failure = "\(error)"
            case .refused(_, let key, let error): state.failure = "\(key): \(error)"
            case .leftBehind(_, let error): state.failure = "\(error)"
            default: return false
            }
            return true
        }
        if isNews { news.signal() }
    }

    var full: (Duration, Int) { state.withLock { ($0.full, $0.commands) } }
    var applied: Int { state.withLock(\.applied) }

    /// Waits until something is true; it is looked at whenever the proxy has told something.
    func wait(_ purpose: String, _ isDone: (State) -> Bool) throws(BenchError) {
        while true {
            let state = state.withLock(\.self)
            if isDone(state) { return }
            if let failure = state.failure {
                throw BenchError(.program, "\(purpose) with Weft", failure)
            }
            news.wait()
        }
    }
}
