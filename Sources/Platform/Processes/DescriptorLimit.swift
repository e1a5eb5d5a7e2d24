import Glibc

/// How many descriptors this process may have open.
package enum DescriptorLimit {
    package static var current: UInt {
        get throws(PlatformError) { UInt(try read().rlim_cur) }
    }

    /// Sets the limit, which only a privileged process can raise beyond what it was started with.
    package static func set(_ limit: UInt) throws(PlatformError) {
        var limits = try read()
        limits.rlim_cur = rlim_t(limit)
        limits.rlim_max = max(limits.rlim_max, limits.rlim_cur)
        _ = try syscall("set the limit of descriptors") {
            unsafe setrlimit(CInt(RLIMIT_NOFILE.rawValue), &limits)
        }
    }

    private static func read() throws(PlatformError) -> rlimit {
        var limits = rlimit()
        _ = try syscall("read the limit of descriptors") {
            unsafe getrlimit(CInt(RLIMIT_NOFILE.rawValue), &limits)
        }
        return limits
    }
}
