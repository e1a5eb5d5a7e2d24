import Glibc

/// What the file system knows about a file.
package struct FileStatus: Hashable, Sendable {
    package let kind: Kind
    package let size: Int64
    /// The permission bits.
    package let mode: UInt32
    package let owner: UInt32
    package let modified: WallTime
    /// When it was read last, as far as its file system keeps count.
    package let accessed: WallTime
    /// What tells two files apart, whatever paths lead to them.
    package let identity: FileIdentity

    package enum Kind: Hashable, Sendable {
        case file, directory, link, socket, other
    }
}

/// A file system and a file's number in it.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
}

extension File {
    /// What a path leads to, or nil when nothing is there; links are followed.
    package static func status(_ path: String) throws(PlatformError) -> FileStatus? {
        try ifPresent { () throws(PlatformError) in
            var result = stat()
            _ = try syscall("look at", path: path) { unsafe stat($0, &result) }
            return FileStatus(result)
        }
    }

    /// What is at a path itself: a symbolic link is described, not followed.
    package static func linkStatus(_ path: String) throws(PlatformError) -> FileStatus? {
        try ifPresent { () throws(PlatformError) in
            var result = stat()
            _ = try syscall("look at", path: path) { unsafe lstat($0, &result) }
            return FileStatus(result)
        }
    }
}

extension Descriptor {
    package borrowing func status() throws(PlatformError) -> FileStatus {
        let number = rawValue
        var result = stat()
        _ = try syscall("look at descriptor") { unsafe fstat(number, &result) }
        return FileStatus(result)
    }
}

extension FileStatus {
    fileprivate init(_ status: stat) {
        self.kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            case S_IFSOCK: .socket
            default: .other
            }
        self.size = Int64(status.st_size)
        self.mode = status.st_mode & ~S_IFMT
        self.owner = status.st_uid
        self.modified = WallTime(status.st_mtim)
        self.accessed = WallTime(status.st_atim)
        self.identity = FileIdentity(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}

extension WallTime {
    fileprivate init(_ time: timespec) {
        self.init(
            nanoseconds: Int64(time.tv_sec) * nanosecondsPerSecond + Int64(time.tv_nsec))
    }
}
