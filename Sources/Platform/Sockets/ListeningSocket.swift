import CLinux
import Glibc

/// A socket that waits for connections.
package struct ListeningSocket: ~Copyable, Sendable {
    package let socket: Socket

    /// Listens on a TCP port or a Unix socket, whose file must not exist yet.
    package init(
        _ address: SocketAddress, keepsRecords: Bool = false, backlog: Int = 4096,
        _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        var options = options
        options.reuseAddress = true
        let socket = try Socket(
            for: address, type: keepsRecords ? SOCK_SEQPACKET : SOCK_STREAM, options)
        try socket.bind(address)
        let number = socket.descriptor.rawValue
        _ = try syscall("listen on", "\(address)") { listen(number, CInt(clamping: backlog)) }
        self.socket = socket
    }

    /// Takes the next connection; nil means that none is waiting.
    package borrowing func accept() throws(PlatformError) -> StreamSocket? {
        let number = socket.descriptor.rawValue
        while true {
            do throws(PlatformError) {
                let accepted = try nonblocking("accept connection") { weft_accept(number) }
                return accepted.map { StreamSocket(Socket(Descriptor(owning: $0))) }
            } catch  where Self.isAboutOneConnection(error.code) {
                // That one came and went; the next may be well.
            }
        }
    }

    /// Errors of the network that accept(2) passes on from a connection, and says to retry after.
    private static func isAboutOneConnection(_ code: Errno) -> Bool {
        [
            ECONNABORTED, ENETDOWN, EPROTO, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH,
            EOPNOTSUPP, ENETUNREACH,
        ].contains(code.rawValue)
    }
}
