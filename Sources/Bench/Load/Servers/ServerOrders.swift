import Platform
import Synchronization

/// What others want of a server's thread.
final class ServerOrders: Sendable {
    private let over = Flag()
    private let pause = Atomic(Int64(0))
    private let stall = Atomic(Int64(0))

    var isOver: Bool { over.isSet }

    func end() { over.set() }

    /// How long the server sleeps before it looks what came; zero means that what comes wakes it.
    ///
    /// A client that need not wait for its server should not have to wake it either: that would be
    /// done within the call that is measured, and costs more than what is measured.
    var sleep: Duration { .nanoseconds(pause.load(ordering: .relaxed)) }

    func setSleep(_ duration: Duration) { pause.store(duration.nanoseconds, ordering: .relaxed) }

    /// Makes the server stand still once, at the next thing that comes.
    func setStall(_ duration: Duration) { stall.store(duration.nanoseconds, ordering: .relaxed) }

    func takeStall() -> Duration? {
        guard stall.load(ordering: .relaxed) > 0 else { return nil }
        return .nanoseconds(stall.exchange(0, ordering: .relaxed))
    }
}
