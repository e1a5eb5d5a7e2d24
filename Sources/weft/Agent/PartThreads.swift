import Agent
import Platform
import Support
import Synchronization

/// Runs the parts of an agent that need threads of their own, until all are told to end.
final class PartThreads: Sendable {
    private let state: AgentState
    private let log: Log
    private let isStopped = Flag()
    private let running = Mutex<[Running]>([])

    private final class Running: Sendable {
        let thread: Mutex<Thread?>
        let stop: @Sendable () -> Void

        init(_ thread: consuming Thread, stop: @escaping @Sendable () -> Void) {
            var started: Thread? = consume thread
            self.thread = Mutex(nil)
            self.stop = stop
            self.thread.withLock { $0 = started.take() }
        }
    }

    init(_ state: AgentState, _ log: Log) {
        self.state = state
        self.log = log
    }

    /// What the kernel does not give now it may give soon.
    private static let pause = Duration.seconds(5)
}

extension PartThreads {
    /// A part that fails is begun again, and does not end the others.
    func start(
        _ part: AgentPart, _ body: @escaping @Sendable () throws -> Void,
        stop: @escaping @Sendable () -> Void
    ) throws(PlatformError) {
        let thread = try Thread { [state, log, isStopped] in
            while !isStopped.isSet {
                do {
                    try body()
                } catch {
                    log(
                        .error, "a part has failed; it is begun again",
                        [
                            "part": part.rawValue, "cause": "\(error)",
                        ])
                    state.failed(part, "\(error)")
                    isStopped.wait(for: Self.pause)
                }
            }
        }
        let entry = Running(thread, stop: stop)
        running.withLock { $0.append(entry) }
    }

    /// Ends all parts, and waits for them.
    func stop() {
        isStopped.set()
        let running = running.withLock(\.self)
        for part in running { part.stop() }
        for part in running { part.thread.withLock { $0 = nil } }
    }
}

extension Flag {
    /// Waits until it is set, or the time is over.
    fileprivate func wait(for duration: Duration) {
        let end = MonotonicTime.now + duration
        while !isSet, MonotonicTime.now < end { sleep(for: .milliseconds(100)) }
    }
}
