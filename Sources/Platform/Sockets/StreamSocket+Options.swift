import CLinux
import Glibc

extension StreamSocket {
    /// Sends small pieces at once instead of waiting for more (TCP).
    package borrowing func disableDelay() throws(PlatformError) { try socket.disableDelay() }

    /// Asks a silent peer for a sign of life, and gives it up when none comes (TCP).
    package borrowing func keepAlive(
        after idle: Duration, every interval: Duration, attempts: Int
    ) throws(PlatformError) {
        try setTCP(TCP_KEEPIDLE, Self.seconds(idle), "keep alive")
        try setTCP(TCP_KEEPINTVL, Self.seconds(interval), "keep alive")
        try setTCP(TCP_KEEPCNT, CInt(clamping: attempts), "keep alive")
        try socket.setOption(SO_KEEPALIVE, to: 1, "keep alive")
    }

    /// How long what was sent may stay unacknowledged before the connection is given up (TCP).
    package borrowing func limitUnacknowledged(_ duration: Duration) throws(PlatformError) {
        let milliseconds = CInt(clamping: duration.nanoseconds / 1_000_000)
        try setTCP(TCP_USER_TIMEOUT, milliseconds, "limit unacknowledged time")
    }

    /// Makes closing end the connection with a reset at once (SO_LINGER of zero).
    package borrowing func resetOnClose() throws(PlatformError) { try socket.resetOnClose() }

    private borrowing func setTCP(
        _ option: CInt, _ value: CInt, _ operation: StaticString
    ) throws(PlatformError) {
        try socket.setOption(option, level: CInt(IPPROTO_TCP), to: value, operation)
    }

    /// The kernel counts these in seconds, from one.
    private static func seconds(_ duration: Duration) -> CInt {
        CInt(clamping: max(1, duration.components.seconds))
    }
}

extension Socket {
    borrowing func disableDelay() throws(PlatformError) {
        try setOption(TCP_NODELAY, level: CInt(IPPROTO_TCP), to: 1, "disable delay")
    }

    borrowing func resetOnClose() throws(PlatformError) {
        let number = descriptor.rawValue
        var value = linger(l_onoff: 1, l_linger: 0)
        _ = try syscall("reset on close") {
            unsafe setsockopt(
                number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        }
    }
}

/// Who is at the other end of a Unix connection, as the kernel saw it when it was made.
package struct PeerCredentials: Hashable, Sendable {
    package let process: ProcessID
    package let user: UInt32
    package let group: UInt32
}

extension StreamSocket {
    /// Who is at the other end (Unix).
    package var credentials: PeerCredentials {
        borrowing get throws(PlatformError) {
            let number = socket.descriptor.rawValue
            var raw = weft_credentials()
            _ = try syscall("ask who is the peer") {
                unsafe weft_peer_credentials(number, &raw)
            }
            return PeerCredentials(
                process: ProcessID(rawValue: raw.process), user: raw.user, group: raw.group)
        }
    }
}
