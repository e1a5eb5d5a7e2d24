import Synchronization

/// One thread's counts, for whoever asks for them.
package final class SharedCounts: Sendable {
    private let counts = Mutex(AnswerCounts())

    package init() {}

    /// Nobody else takes the lock but once in a while.
    func set(_ counts: AnswerCounts) {
        self.counts.withLockIfAvailable { $0 = counts }
    }

    package var current: AnswerCounts { counts.withLock(\.self) }
}
