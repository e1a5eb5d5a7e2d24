import CLinux

extension Thread {
    /// Lets the calling thread run as soon as it wakes, for a tenth of a millisecond at a time.
    ///
    /// The kernel lets go of whoever runs before its turn is over only for one with shorter turns
    /// (PREEMPT_SHORT, from Linux 6.12 on), whatever its priority; older ones take no notice.
    package static func takeShortTurns() { _ = weft_thread_set_slice(shortTurn) }

    /// The least that there is (sched_setattr(2)).
    private static var shortTurn: UInt64 { 100_000 }

    /// How long the calling thread's turns are; zero where the kernel does not say.
    static var turn: Duration { .nanoseconds(max(0, weft_thread_slice())) }
}
