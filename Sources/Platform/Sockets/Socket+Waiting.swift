import CLinux
import Glibc

extension Socket {
    /// Makes calls that wait give up after a while.
    borrowing func limitWaiting(to limit: Duration) throws(PlatformError) {
        // Zero would mean no limit.
        let microseconds = max(1, limit.nanoseconds / 1000)
        var time = timeval(
            tv_sec: Int(microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
        try limitWaiting(SO_SNDTIMEO, &time)
        try limitWaiting(SO_RCVTIMEO, &time)
    }

    private borrowing func limitWaiting(
        _ option: CInt, _ time: inout timeval
    ) throws(PlatformError) {
        let number = descriptor.rawValue
        _ = try syscall("limit how long a socket waits") {
            unsafe setsockopt(
                number, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }
}
