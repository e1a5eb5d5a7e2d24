import Glibc

extension File {
    /// What the names of files begin with that a killed replacement leaves behind.
    package static let temporaryPrefix = ".weft-"

    /// Replaces a file in one step: readers find the old content or the new, after a crash too.
    ///
    /// A symbolic link at the path is replaced, not followed. What need not outlive a power failure
    /// is written without waiting for the disk: not `durably`.
    package static func replace(
        _ path: String, with content: Span<UInt8>, mode: UInt32 = 0o644, durably: Bool = true
    ) throws(PlatformError) {
        let directory = parent(of: path)
        let random = String(UInt64.random(in: 0 ... .max), radix: 16)
        let temporary = "\(directory)/\(temporaryPrefix)\(random)"
        do throws(PlatformError) {
            try write(content, toNew: temporary, mode: mode, durably)
            _ = try syscall("replace", path: path) { unsafe rename(temporary, $0) }
        } catch {
            _ = unsafe unlink(temporary)
            throw PlatformError(error.code, "replace", path)
        }
        guard durably else { return }
        // Without this a power failure may bring the old name back.
        try synchronize(try Descriptor(opening: directory, O_RDONLY | O_DIRECTORY, "replace"), path)
    }

    private static func write(
        _ content: Span<UInt8>, toNew path: String, mode: UInt32, _ durably: Bool
    ) throws(PlatformError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL
        let file = try Descriptor(opening: path, flags, mode: mode, "replace")
        let number = file.rawValue
        // The umask must not take away what readers of the file need.
        _ = try syscall("set mode", path) { fchmod(number, mode) }
        try file.write(content)
        if durably { try synchronize(file, path) }
        try file.close()
    }

    private static func synchronize(
        _ file: borrowing Descriptor, _ path: String
    ) throws(PlatformError) {
        let number = file.rawValue
        _ = try syscall("store", path) { fsync(number) }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
