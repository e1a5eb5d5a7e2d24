import Glibc

/// What a descriptor can be ready for.
package struct Readiness: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let read = Readiness(rawValue: 1)
    package static let write = Readiness(rawValue: 2)
}

extension Descriptor {
    /// Waits until a read or write would not block; false means the deadline came first.
    ///
    /// An error or a hang-up counts as ready: the next call on the descriptor reports it.
    package borrowing func wait(
        for readiness: Readiness, until deadline: MonotonicTime?
    ) throws(PlatformError) -> Bool {
        var entry = pollfd(fd: rawValue, events: readiness.pollEvents, revents: 0)
        return try unsafe poll(&entry, count: 1, until: deadline) > 0
    }
}

extension Readiness {
    var pollEvents: CShort {
        (contains(.read) ? CShort(POLLIN) : 0) | (contains(.write) ? CShort(POLLOUT) : 0)
    }
}

/// Like poll(2), but a deadline survives the signals that interrupt it.
func poll(
    _ entries: UnsafeMutablePointer<pollfd>, count: Int, until deadline: MonotonicTime?
) throws(PlatformError) -> CInt {
    while true {
        let ready = unsafe Glibc.poll(entries, nfds_t(count), milliseconds(until: deadline))
        if ready >= 0 { return ready }
        if Errno.current != .interrupted { throw PlatformError(.current, "poll") }
    }
}

/// The time left as poll and epoll want it: rounded up, so that it never wakes early and spins.
func milliseconds(until deadline: MonotonicTime?) -> CInt {
    guard let deadline else { return -1 }
    let left = max(0, (deadline - .now).nanoseconds)
    return CInt(clamping: (left + (nanosecondsPerMillisecond - 1)) / nanosecondsPerMillisecond)
}

private let nanosecondsPerMillisecond: Int64 = 1_000_000
