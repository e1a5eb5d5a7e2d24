import Glibc
import Synchronization

/// A thread that runs one closure after the other while their callers wait.
final class WorkerThread: Sendable {
    private let exchange = Exchange()
    private let thread: Thread
    private let turn = Mutex(())

    init() throws(PlatformError) {
        // The thread must not keep its owner alive, or it would never end.
        self.thread = try Thread { [exchange] in exchange.serve() }
    }

    deinit { exchange.end() }

    /// Runs a closure on the thread; called from a closure that runs there, it is run at once.
    func run<Value: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if thread.isCurrent { return try body() }
        var outcome: Result<Value, Failure>?
        turn.withLock { _ in
            exchange.run {
                do throws(Failure) {
                    outcome = .success(try body())
                } catch {
                    outcome = .failure(error)
                }
            }
        }
        guard let outcome = outcome.take() else {
            preconditionFailure("the thread runs all it gets")
        }
        return try outcome.get()
    }
}

/// Where a caller leaves a closure for the thread.
///
/// Invariant: one caller at a time writes `work`, before it signals and after it is signalled; the
/// thread reads it in between.
private final class Exchange: @unchecked Sendable {
    private var work: (() -> Void)?
    private let given = Semaphore()
    private let done = Semaphore()

    func run(_ work: () -> Void) {
        // It does not escape: the thread is done with it before we return.
        withoutActuallyEscaping(work) { work in
            self.work = work
            given.signal()
            done.wait()
            self.work = nil
        }
    }

    func serve() {
        while true {
            given.wait()
            guard work != nil else { return }
            work?()
            done.signal()
        }
    }

    func end() { given.signal() }
}
