import Network
import Platform

/// Whether the kernel keeps the time of soft interrupts apart from that of the threads within which
/// they run (CONFIG_IRQ_TIME_ACCOUNTING).
///
/// A router in a namespace works in them, on the processor and within the calls of whoever sends.
/// Kernels that do not measure their time leave it with the sender's, to the nanosecond; those that
/// do take it off and have it in /proc/stat only, in hundredths of a second.
enum InterruptTime: Sendable {
    case withThreads, apart
}

extension InterruptTime {
    /// Finds out by datagrams to this machine itself, which are received within the call that sends.
    ///
    /// A thread that loses some of its time in every try loses it to interrupts; what others take
    /// away is missing now and then.
    static func probe() throws(PlatformError) -> InterruptTime {
        let receiver = try UDPSocket(AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 0))
        let target = AddressAndPort(
            .v4(IPv4Address(127, 0, 0, 1)), try receiver.socket.localPort)
        let sender = try UDPSocket(connectedTo: target)
        var least = 1.0
        for _ in 0..<tries { least = min(least, try missing(sender)) }
        return least < threshold ? .withThreads : .apart
    }

    /// Which part of a thread's time while it sends is not counted as its own.
    private static func missing(_ sender: borrowing UDPSocket) throws(PlatformError) -> Double {
        let (begin, before) = (MonotonicTime.now, ThreadTime.now)
        for _ in 0..<datagrams { _ = try sender.socket.send([0].span, times: 64) }
        let (passed, used) = (MonotonicTime.now - begin, ThreadTime.now - before)
        return 1 - used / passed
    }

    private static let tries = 25
    /// About a millisecond of them: shorter than a scheduler's slice.
    private static let datagrams = 16
    /// Half of the time of such a call is within interrupts.
    private static let threshold = 0.15
}
