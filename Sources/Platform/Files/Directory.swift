import Glibc

/// Directories by path.
package enum Directory {
    /// The names in a directory, sorted, without `.` and `..`.
    package static func list(_ path: String) throws(PlatformError) -> [String] {
        let descriptor = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY, "list")
        let stream = try DirectoryStream(descriptor, path)
        var names: [String] = []
        while let name = try stream.next() {
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a directory and those above it; one that exists stays as it is.
    package static func create(_ path: String, mode: UInt32 = 0o755) throws(PlatformError) {
        var end = path.startIndex
        while end < path.endIndex {
            let rest = path.index(after: end)
            end = path[rest...].firstIndex(of: "/") ?? path.endIndex
            try createOne(String(path[..<end]), mode: mode)
        }
    }

    /// Removes an empty directory; false means there was none.
    @discardableResult
    package static func remove(_ path: String) throws(PlatformError) -> Bool {
        try ifPresent { () throws(PlatformError) in
            try syscall("remove directory", path: path) { unsafe rmdir($0) }
        } != nil
    }

    private static func createOne(_ path: String, mode: UInt32) throws(PlatformError) {
        do throws(PlatformError) {
            _ = try syscall("make directory", path: path) { unsafe mkdir($0, mode) }
        } catch  where error.code == .exists {
            guard try File.status(path)?.kind == .directory else {
                throw error.advising("something that is no directory is in the way")
            }
        }
    }
}

/// The C library's reader of a directory.
@safe private struct DirectoryStream: ~Copyable {
    private let stream: OpaquePointer
    private let path: String

    init(_ descriptor: consuming Descriptor, _ path: String) throws(PlatformError) {
        let number = descriptor.release()
        guard let stream = unsafe fdopendir(number) else {
            let code = Errno.current
            _ = close(number)
            throw PlatformError(code, "list", path)
        }
        unsafe self.stream = stream
        self.path = path
    }

    deinit { unsafe closedir(stream) }

    func next() throws(PlatformError) -> String? {
        errno = 0
        guard let entry = unsafe readdir(stream) else {
            // The end and a failure look alike but for errno.
            if errno != 0 { throw PlatformError(.current, "list", path) }
            return nil
        }
        return unsafe withUnsafePointer(to: &entry.pointee.d_name) {
            unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        }
    }
}
