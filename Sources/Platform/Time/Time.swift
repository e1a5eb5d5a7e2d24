import Glibc

/// A point in time on one of the kernel's clocks, whose points no other clock's compare with.
///
/// That the source is a clock, only those say who read it: what a generic type asks for costs a look
/// at all conformances of a program when the type is used first.
package struct Time<Source>: Hashable, Sendable {
    /// Nanoseconds since the clock's zero.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
}

extension Time where Source: TimeSource {
    package static var now: Self {
        var value = timespec()
        // Cannot fail: every clock here exists since Linux 2.6.39.
        _ = unsafe clock_gettime(Source.clock, &value)
        return Self(nanoseconds: Int64(value.tv_sec) * nanosecondsPerSecond + Int64(value.tv_nsec))
    }
}

/// Time that never jumps and stands still while the machine sleeps.
package typealias MonotonicTime = Time<MonotonicSource>
/// Time since boot, the machine's sleep included.
package typealias BootTime = Time<BootSource>
/// The time of day, which can be set back.
package typealias WallTime = Time<WallSource>

/// Processor time that all threads of the process have used.
package typealias ProcessorTime = Time<ProcessorSource>
/// Processor time that the calling thread has used.
package typealias ThreadTime = Time<ThreadSource>

/// A kernel clock.
package protocol TimeSource: Sendable {
    static var clock: CInt { get }
}

package enum MonotonicSource: TimeSource {
    package static var clock: CInt { CLOCK_MONOTONIC }
}

package enum BootSource: TimeSource {
    package static var clock: CInt { CLOCK_BOOTTIME }
}

package enum WallSource: TimeSource {
    package static var clock: CInt { CLOCK_REALTIME }
}

package enum ProcessorSource: TimeSource {
    package static var clock: CInt { CLOCK_PROCESS_CPUTIME_ID }
}

package enum ThreadSource: TimeSource {
    package static var clock: CInt { CLOCK_THREAD_CPUTIME_ID }
}

extension Time: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The later point; a duration too long to count ends at the clock's last.
    package static func + (point: Self, duration: Duration) -> Self {
        let (sum, overflow) = point.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return Self(nanoseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    package static func - (end: Self, start: Self) -> Duration {
        .nanoseconds(end.nanoseconds) - .nanoseconds(start.nanoseconds)
    }
}

let nanosecondsPerSecond: Int64 = 1_000_000_000

extension Duration {
    /// The whole nanoseconds, or the nearest countable number of them.
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: nanosecondsPerSecond)
        let (sum, carried) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carried ? (seconds < 0 ? .min : .max) : sum
    }
}

/// Blocks the calling thread, signals notwithstanding.
package func sleep(for duration: Duration) {
    var end = timespec(nanoseconds: (MonotonicTime.now + duration).nanoseconds)
    while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nil) == EINTR {}
}

extension timespec {
    init(nanoseconds: Int64) {
        self.init(
            tv_sec: Int(nanoseconds / nanosecondsPerSecond),
            tv_nsec: Int(nanoseconds % nanosecondsPerSecond))
    }
}
