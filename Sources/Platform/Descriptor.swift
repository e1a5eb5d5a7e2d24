import Glibc

/// An open file descriptor with one owner; it is closed when the owner ends.
package struct Descriptor: ~Copyable, Sendable {
    /// The number, valid while the descriptor lives.
    package let rawValue: CInt

    /// Takes over a descriptor that nobody else will close.
    package init(owning rawValue: CInt) { self.rawValue = rawValue }

    /// Opens a path; no child process inherits the descriptor.
    init(
        opening path: String, _ flags: CInt, mode: mode_t = 0, _ operation: StaticString
    ) throws(PlatformError) {
        self.rawValue = try syscall(operation, path: path) {
            unsafe open($0, flags | O_CLOEXEC, mode)
        }
    }

    deinit {
        // Linux frees the number even when close reports an error, EINTR included.
        _ = Glibc.close(rawValue)
    }

    /// Closes now and reports what a plain end of life would hide (a failed delayed write).
    package consuming func close() throws(PlatformError) {
        let number = release()
        guard Glibc.close(number) == -1 else { return }
        let code = Errno.current
        // The number is already free after EINTR: a retry could close somebody else's file.
        if code != .interrupted { throw PlatformError(code, "close") }
    }

    /// Hands the number over: the caller closes it.
    package consuming func release() -> CInt {
        let number = rawValue
        discard self
        return number
    }

    /// A second descriptor for the same open file.
    package borrowing func duplicate() throws(PlatformError) -> Descriptor {
        let source = rawValue
        return Descriptor(
            owning: try syscall("duplicate descriptor") { fcntl(source, F_DUPFD_CLOEXEC, 0) })
    }
}

extension Descriptor {
    /// Makes calls that would wait answer at once instead.
    package borrowing func makeNonblocking() throws(PlatformError) {
        let number = rawValue
        let flags = try syscall("read descriptor flags") { fcntl(number, F_GETFL) }
        _ = try syscall("set descriptor flags") { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
    }
}
