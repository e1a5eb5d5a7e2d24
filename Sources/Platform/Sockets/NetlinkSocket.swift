import CLinux
import Glibc

/// A netlink socket bound to a port of the kernel's choice.
package struct NetlinkSocket: ~Copyable, Sendable {
    package let socket: Socket
    /// The kernel's name for this socket; it comes back in every answer.
    package let port: UInt32

    /// A netlink family: routing or netfilter.
    package struct Family: Sendable, Equatable {
        let rawValue: CInt
        package static let route = Family(rawValue: 0)
        package static let netfilter = Family(rawValue: 12)
    }

    /// What a read brought.
    package enum Received: Equatable, Sendable {
        /// A datagram of so many bytes, from the kernel.
        case datagram(Int)
        /// Nothing is waiting (a nonblocking read only).
        case nothing
        /// The kernel had more to say than the receive buffer holds, and dropped it.
        case overrun
    }

    package init(_ family: Family) throws(PlatformError) {
        let socket = try Socket(
            domain: AF_NETLINK, type: CInt(SOCK_RAW.rawValue), protocol: family.rawValue)
        let number = socket.descriptor.rawValue
        _ = try syscall("bind netlink socket") { weft_netlink_bind(number, 0) }
        let port = try syscall("name netlink socket") { weft_netlink_port(number) }
        self.socket = socket
        self.port = UInt32(truncatingIfNeeded: port)
    }
}

extension NetlinkSocket {
    /// Sends one buffer, which may hold many messages, to the kernel.
    package borrowing func send(_ messages: Span<UInt8>) throws(PlatformError) {
        let number = socket.descriptor.rawValue
        let sent = try unsafe messages.withUnsafeBytes { bytes throws(PlatformError) in
            try syscall("send netlink request") {
                unsafe Glibc.send(number, bytes.baseAddress, bytes.count, 0)
            }
        }
        // The kernel takes a datagram whole or not at all.
        if sent != messages.count { throw PlatformError(.messageTooLong, "send netlink request") }
    }

    /// Reads one datagram; one longer than the buffer is an error, never a shortened answer.
    package borrowing func receive(
        into buffer: inout MutableSpan<UInt8>, wait: Bool
    ) throws(PlatformError) -> Received {
        let number = socket.descriptor.rawValue
        let flags = CInt(MSG_TRUNC) | (wait ? 0 : CInt(MSG_DONTWAIT))
        let capacity = buffer.count
        do throws(PlatformError) {
            let count = try unsafe buffer.withUnsafeMutableBytes { bytes throws(PlatformError) in
                try nonblocking("receive netlink answer") {
                    unsafe recv(number, bytes.baseAddress, bytes.count, flags)
                }
            }
            guard let count else { return .nothing }
            guard count <= capacity else {
                throw PlatformError(.messageTooLong, "receive netlink answer", "of \(count) bytes")
            }
            return .datagram(count)
        } catch  where error.code == .noBufferSpace {
            return .overrun
        }
    }
}

extension NetlinkSocket {
    /// Subscribes to a multicast group.
    package borrowing func join(group: UInt32) throws(PlatformError) {
        try set(weft_netlink_add_membership, CInt(group), "join netlink group")
    }

    /// Asks for the kernel's own words on errors, without the failed request in each answer.
    package borrowing func enableExtendedErrors() throws(PlatformError) {
        try set(weft_netlink_extended_ack, 1, "ask for extended netlink errors")
        try set(weft_netlink_capped_ack, 1, "ask for short netlink answers")
    }

    /// Asks the kernel to filter dumps itself instead of ignoring filters it is sent.
    package borrowing func enableStrictChecking() throws(PlatformError) {
        try set(weft_netlink_strict_check, 1, "ask for strict netlink requests")
    }

    /// Makes room for a request of so many bytes, beyond the system's limit where we may.
    package borrowing func reserveSendBuffer(_ bytes: Int) throws(PlatformError) {
        try socket.reserve(SO_SNDBUFFORCE, SO_SNDBUF, bytes)
    }

    /// Makes room for answers of so many bytes, beyond the system's limit where we may.
    package borrowing func reserveReceiveBuffer(_ bytes: Int) throws(PlatformError) {
        try socket.reserve(SO_RCVBUFFORCE, SO_RCVBUF, bytes)
    }

    private borrowing func set(
        _ option: CInt, _ value: CInt, _ operation: StaticString
    ) throws(PlatformError) {
        try socket.setOption(option, level: SOL_NETLINK, to: value, operation)
    }
}
