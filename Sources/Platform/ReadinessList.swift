import CLinux
import Glibc

/// A few descriptors that one thread waits for, with deadlines kept to the microsecond.
///
/// An `EventLoop` waits for any number, and for whole milliseconds.
package struct ReadinessList: ~Copyable, Sendable {
    private var entries: [pollfd] = []

    package init() {}

    /// Adds a descriptor, whose place is the number of those before it; it stays open meanwhile.
    package mutating func add(_ descriptor: borrowing Descriptor, _ readiness: Readiness) {
        entries.append(
            pollfd(fd: descriptor.rawValue, events: readiness.pollEvents, revents: 0))
    }

    /// Waits until one of them is ready; false means that the deadline came first.
    package mutating func wait(until deadline: MonotonicTime) throws(PlatformError) -> Bool {
        var span = entries.mutableSpan
        return try unsafe span.withUnsafeMutableBufferPointer { entries throws(PlatformError) in
            // The time left is counted anew when a signal interrupts.
            try syscall("wait for descriptors") {
                unsafe weft_poll_precisely(
                    entries.baseAddress, UInt32(entries.count),
                    max(0, (deadline - .now).nanoseconds))
            }
        } > 0
    }

    /// Whether the last wait found that a read or write would not block.
    package func isReady(_ place: Int) -> Bool { entries[place].revents != 0 }
}

extension Thread {
    /// Lets the calling thread's waits end when their time has come.
    ///
    /// The kernel gathers what is due within 50 µs, unless it is told not to.
    package static func wakeOnTime() { _ = weft_wake_on_time() }
}
