import Glibc

extension File {
    /// Sets when a file or directory says that it was changed last.
    package static func setModified(_ path: String, _ time: WallTime) throws(PlatformError) {
        // UTIME_OMIT, a macro Swift does not see: the time of the last access stays.
        let omitted = timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2)
        let times = [omitted, timespec(nanoseconds: time.nanoseconds)]
        _ = try syscall("set time", path: path) { unsafe utimensat(AT_FDCWD, $0, times, 0) }
    }

    /// Throws when this process could not write to a path, on a read-only file system for one.
    package static func checkWritable(_ path: String) throws(PlatformError) {
        _ = try syscall("write to", path: path) { unsafe access($0, W_OK) }
    }
}
