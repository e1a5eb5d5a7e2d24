import Glibc

/// A socket of any family; the families' own files say how one is made.
package struct Socket: ~Copyable, Sendable {
    package let descriptor: Descriptor

    package init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Opens a socket that no child process inherits.
    package init(
        domain: CInt, type: CInt, protocol number: CInt = 0, nonblocking: Bool = false
    ) throws(PlatformError) {
        let flags =
            CInt(SOCK_CLOEXEC.rawValue) | (nonblocking ? CInt(SOCK_NONBLOCK.rawValue) : 0)
        self.descriptor = Descriptor(
            owning: try syscall("open socket") { socket(domain, type | flags, number) })
    }
}

extension Socket {
    /// Sets an integer socket option.
    package borrowing func setOption(
        _ option: CInt, level: CInt = SOL_SOCKET, to value: CInt, _ operation: StaticString
    ) throws(PlatformError) {
        let number = descriptor.rawValue
        var value = value
        _ = try syscall(operation) {
            unsafe setsockopt(
                number, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
        }
    }

    /// Reads an integer socket option.
    package borrowing func option(
        _ option: CInt, level: CInt = SOL_SOCKET, _ operation: StaticString
    ) throws(PlatformError) -> CInt {
        let number = descriptor.rawValue
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        _ = try syscall(operation) {
            unsafe getsockopt(number, level, option, &value, &length)
        }
        return value
    }
}
