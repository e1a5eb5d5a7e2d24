package import Kubernetes
import Synchronization

/// What a source says on its thread, kept for the thread that prints it.
package final class ReportQueue: Sendable {
    private struct State {
        var waiting: [Report] = []
        var last: Report?
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// A source that says more than this before anybody listens has said enough.
    private static let capacity = 1000
}

extension ReportQueue {
    package func add(_ report: Report) {
        let wake = state.withLock { state in
            if state.waiting.count < Self.capacity { state.waiting.append(report) }
            state.last = report
            return state.wake
        }
        wake?()
    }

    /// The latest of all.
    var last: Report? { state.withLock { $0.last } }

    package func takeAll() -> [Report] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    func wake(by wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }
}
