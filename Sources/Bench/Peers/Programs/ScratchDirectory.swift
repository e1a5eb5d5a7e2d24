import Platform

/// A directory for what programs read and write, removed at its owner's end.
package final class ScratchDirectory: Sendable {
    package let path: String

    /// Without a parent, it is where files are that are not needed for long.
    package init(in parent: String? = nil) throws(BenchError) {
        let parent = parent ?? Environment.value(of: "TMPDIR") ?? "/tmp"
        let number = String(UInt64.random(in: 0 ... .max), radix: 36)
        let path = "\(parent)/weft-bench-\(ProcessID.current.rawValue)-\(number)"
        try BenchError.of(.file, "make a directory in \(parent)") {
            try Directory.create(path, mode: 0o700)
        }
        self.path = path
    }

    deinit { Self.removeTree(path) }

    /// Puts a file into it, and says where.
    package func write(
        _ name: String, _ text: String, mode: UInt32 = 0o600
    ) throws(BenchError) -> String {
        let file = "\(path)/\(name)"
        try BenchError.of(.file, "write \(file)") {
            try File.replace(file, with: text.utf8.span, mode: mode, durably: false)
        }
        return file
    }

    /// As much as can be: nobody is there to be told.
    private static func removeTree(_ path: String) {
        if (try? File.linkStatus(path))?.kind != .directory {
            _ = try? File.remove(path)
            return
        }
        for name in (try? Directory.list(path)) ?? [] { removeTree("\(path)/\(name)") }
        _ = try? Directory.remove(path)
    }
}
