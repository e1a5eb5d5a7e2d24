import Glibc

/// A socket of this machine for datagrams.
package struct UnixDatagramSocket: ~Copyable, Sendable {
    package let socket: Socket

    /// Receives at a name.
    package init(at address: UnixAddress) throws(PlatformError) {
        let address = SocketAddress.unix(address)
        let socket = try Socket(for: address, type: SOCK_DGRAM, SocketOptions())
        try socket.bind(address)
        self.socket = socket
    }

    /// Sends to a name.
    package init(connectedTo peer: UnixAddress) throws(PlatformError) {
        let peer = SocketAddress.unix(peer)
        let socket = try Socket(for: peer, type: SOCK_DGRAM, SocketOptions())
        _ = try socket.connect(peer)
        self.socket = socket
    }
}
