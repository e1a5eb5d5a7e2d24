import Glibc

extension File {
    /// Makes a file that was not there; false means that something is at the path already.
    ///
    /// It is not forced to the disk, and a process that is killed may leave it cut short.
    package static func create(
        _ path: String, with content: Span<UInt8>, mode: UInt32 = 0o600
    ) throws(PlatformError) -> Bool {
        let file = try unlessTaken { () throws(PlatformError) in
            try Descriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: mode, "create")
                .release()
        }
        guard let file else { return false }
        do throws(PlatformError) {
            try Descriptor(owning: file).write(content)
        } catch {
            _ = unsafe unlink(path)
            throw PlatformError(error.code, "create", path)
        }
        return true
    }

    /// Gives a file a second name; false means that something has that name already.
    package static func addName(
        _ path: String, to file: String
    ) throws(PlatformError) -> Bool {
        try checkForNUL(file, "link")
        return try unlessTaken { () throws(PlatformError) in
            try syscall("link", path: path) { unsafe Glibc.link(file, $0) }
        } != nil
    }

    /// Opens a file to read places in it; nil when there is none.
    package static func openForReading(_ path: String) throws(PlatformError) -> Descriptor? {
        try ifPresent { () throws(PlatformError) in
            try Descriptor(opening: path, O_RDONLY | O_NONBLOCK, "open")
        }
    }

    /// Opens a file to read and write places in it; one that is missing is made, empty.
    package static func openForUpdate(
        _ path: String, mode: UInt32 = 0o600
    ) throws(PlatformError) -> Descriptor {
        try Descriptor(opening: path, O_RDWR | O_CREAT, mode: mode, "open")
    }
}

/// Turns "file exists" into nil.
private func unlessTaken<Value>(
    _ body: () throws(PlatformError) -> Value
) throws(PlatformError) -> Value? {
    do throws(PlatformError) {
        return try body()
    } catch  where error.code == .exists {
        return nil
    }
}
