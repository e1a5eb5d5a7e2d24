import CLinux
import Glibc

/// What a process has used, by the kernel's own accounting.
package struct ResourceUsage: Sendable {
    /// Processor time outside the kernel.
    package let user: Duration
    /// Processor time in the kernel, on the process's behalf.
    package let system: Duration
    /// The most memory it held at once, in bytes.
    package let peakMemory: Int

    init(_ usage: rusage) {
        user = Duration(usage.ru_utime)
        system = Duration(usage.ru_stime)
        // Linux counts in kibibytes.
        peakMemory = usage.ru_maxrss * 1024
    }
}

extension Duration {
    fileprivate init(_ time: timeval) {
        self = .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}
