import Glibc
package import Network

/// A socket for one IP protocol's packets, whose payload the caller builds and reads.
package struct RawSocket: ~Copyable, Sendable {
    package let socket: Socket

    package init(
        _ family: IPFamily, _ protocol: IPProtocol, _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        var options = options
        options.hasPorts = false
        let domain = family == .v4 ? AF_INET : AF_INET6
        let socket = try Socket(
            domain: domain, type: CInt(SOCK_RAW.rawValue), protocol: CInt(`protocol`.rawValue),
            nonblocking: true)
        try socket.apply(options, domain: domain)
        self.socket = socket
    }

    /// A packet that was put into a buffer.
    package struct Received: Hashable, Sendable {
        /// How long it was, even where the buffer was too short for it.
        package let length: Int
        package let source: IPAddress
    }

    /// Takes the next packet, with its header for IPv4 and without for IPv6; nil if none has come.
    package borrowing func receive(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> Received? {
        guard let (length, source) = try socket.receiveDatagram(into: &buffer),
            let address = source.ip?.address
        else { return nil }
        return Received(length: length, source: address)
    }

    /// Sends a payload, before which the kernel puts the IP header.
    package borrowing func send(
        _ payload: Span<UInt8>, to target: IPAddress, zone: UInt32 = 0
    ) throws(PlatformError) -> Bool {
        // The kernel refuses an IPv6 port that is not the protocol's number or 0.
        try socket.send(payload, to: AddressAndPort(target, 0), zone: zone)
    }
}
