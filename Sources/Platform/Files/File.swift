import Glibc

/// Whole files by path.
package enum File {}

extension File {
    /// What no configuration, lease or setting of ours comes near.
    package static let defaultLimit = 64 << 20

    /// The whole content; a file beyond the limit is an error, never a part of it.
    package static func read(_ path: String) throws(PlatformError) -> [UInt8] {
        try read(path, limit: defaultLimit)
    }

    package static func read(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
        // Nonblocking, or a path that is a pipe would wait for a writer.
        let descriptor = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK, "read")
        // The size is a hint only: files under /proc have none.
        let hint = Int(clamping: try descriptor.status().size)
        var bytes: [UInt8] = []
        var count: Int? = 0
        repeat {
            let room = max(min(hint, limit) + 1 - bytes.count, smallest)
            try bytes.append(addingCapacity: room) { output throws(PlatformError) in
                count = try descriptor.read(appendingTo: &output, of: path)
            }
            if bytes.count > limit { throw tooLarge(path, limit) }
        } while count ?? 0 > 0
        return bytes
    }

    /// What a read asks for at least.
    private static let smallest = 4096

    private static func tooLarge(_ path: String, _ limit: Int) -> PlatformError {
        PlatformError(
            .fileTooLarge, "read", path, remedy: "at most \(limit) bytes are read from it")
    }

    /// Removes a file; false means there was none.
    @discardableResult
    package static func remove(_ path: String) throws(PlatformError) -> Bool {
        try ifPresent { () throws(PlatformError) in
            try syscall("remove", path: path) { unsafe unlink($0) }
        } != nil
    }

    /// Makes a symbolic link at a path that is free.
    package static func link(_ path: String, to target: String) throws(PlatformError) {
        try checkForNUL(target, "link")
        _ = try syscall("link", path: path) { unsafe symlink(target, $0) }
    }

    /// Where a symbolic link leads.
    package static func target(of path: String) throws(PlatformError) -> String {
        var room = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = try syscall("read link", path: path) {
            unsafe readlink($0, &room, room.count)
        }
        return String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Turns "no such file" into nil.
func ifPresent<Value: ~Copyable>(
    _ body: () throws(PlatformError) -> Value
) throws(PlatformError) -> Value? {
    do throws(PlatformError) {
        return try body()
    } catch  where error.code == .noSuchEntry {
        return nil
    }
}
