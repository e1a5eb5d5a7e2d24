import Glibc

/// A kernel setting under /proc/sys, of the namespace the calling thread is in.
package struct Sysctl: Hashable, Sendable {
    /// Where the setting is found.
    package let path: String

    /// Names a setting as sysctl(8) does, with dots between its parts.
    ///
    /// A slash stands for a dot inside a part: net.ipv4.conf.eth0/100.rp_filter is about eth0.100.
    /// A name whose first separator is a slash is a path as it stands.
    package init(_ name: String) {
        let first = name.utf8.first { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
        self.path = "/proc/sys/" + (first == UInt8(ascii: "/") ? name : Self.swap(name))
    }

    private static func swap(_ name: String) -> String {
        String(name.map { $0 == "." ? "/" : $0 == "/" ? "." : $0 })
    }
}

extension Sysctl {
    /// The value, without the line's end.
    package func read() throws(PlatformError) -> String {
        var value = String(decoding: try attempt(File.read), as: UTF8.self)
        while value.last?.isNewline == true { value.removeLast() }
        return value
    }

    package func write(_ value: String) throws(PlatformError) {
        try attempt { path throws(PlatformError) in
            let descriptor = try Descriptor(opening: path, O_WRONLY, "set")
            // The kernel takes a value in one write or not at all.
            try descriptor.write(value.utf8.span)
        }
    }

    private func attempt<Value>(
        _ body: (String) throws(PlatformError) -> Value
    ) throws(PlatformError) -> Value {
        // A name from a configuration must not lead out of /proc/sys.
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        where part.isEmpty || part == "." || part == ".." {
            throw PlatformError(
                .invalid, "use setting", path, remedy: "a part of a name is not empty, . or ..")
        }
        do throws(PlatformError) {
            return try body(path)
        } catch {
            throw advise(error)
        }
    }

    private func advise(_ error: PlatformError) -> PlatformError {
        switch error.code {
        case .noSuchEntry:
            error.advising("this kernel lacks it, its module is not loaded, or the link is gone")
        case .readOnlyFileSystem, .accessDenied:
            error.advising("/proc/sys must be writable: run privileged")
        case .invalid:
            error.advising("the kernel refuses that value")
        default: error
        }
    }
}
