import Glibc

extension File {
    /// Sets when a file or directory says that it was changed last, and read last.
    package static func setModified(_ path: String, _ time: WallTime) throws(PlatformError) {
        let times = [timespec](repeating: timespec(nanoseconds: time.nanoseconds), count: 2)
        _ = try syscall("set time", path: path) { unsafe utimensat(AT_FDCWD, $0, times, 0) }
    }

    /// Throws when this process could not write to a path, on a read-only file system for one.
    package static func checkWritable(_ path: String) throws(PlatformError) {
        _ = try syscall("write to", path: path) { unsafe access($0, W_OK) }
    }
}
