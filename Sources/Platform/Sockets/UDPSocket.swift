import Glibc
package import Network

/// A UDP socket.
package struct UDPSocket: ~Copyable, Sendable {
    package let socket: Socket

    /// Receives on an address; port 0 is one of the kernel's choice.
    package init(
        _ address: AddressAndPort, zone: UInt32 = 0, _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        var options = options
        // What is bound to one address sends from that; the kernel need not be told with each datagram.
        options.reportsDestination = address.address.isUnspecified
        let address = SocketAddress.ip(address, zone: zone)
        let socket = try Socket(for: address, type: SOCK_DGRAM, options)
        try socket.bind(address)
        self.socket = socket
    }

    /// Talks to one peer only; a peer's refusal is then an error of the next call.
    package init(
        connectedTo peer: AddressAndPort, zone: UInt32 = 0, from local: AddressAndPort? = nil,
        _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        let peer = SocketAddress.ip(peer, zone: zone)
        let socket = try Socket(for: peer, type: SOCK_DGRAM, options)
        if let local { try socket.bind(.ip(local)) }
        _ = try socket.connect(peer)
        self.socket = socket
    }
}

extension UDPSocket {
    /// A datagram that was put into a buffer.
    package struct Received: Hashable, Sendable {
        /// How long it was, even where the buffer was too short for it.
        package let length: Int
        package let source: AddressAndPort
        package let zone: UInt32
    }

    /// Takes the next datagram; nil means that none has come.
    package borrowing func receive(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> Received? {
        guard let (length, source) = try socket.receiveDatagram(into: &buffer),
            let address = source.ip
        else { return nil }
        return Received(length: length, source: address, zone: source.zone)
    }

    /// Sends a datagram; false means that there is no room for it now.
    package borrowing func send(
        _ bytes: Span<UInt8>, to peer: AddressAndPort, zone: UInt32 = 0
    ) throws(PlatformError) -> Bool {
        try socket.send(bytes, to: peer, zone: zone)
    }

    /// Sends a datagram that seems to come from one of our addresses; false means that there is no
    /// room for it now.
    package borrowing func send(
        _ bytes: Span<UInt8>, to peer: AddressAndPort, from local: IPAddress
    ) throws(PlatformError) -> Bool {
        try socket.send(bytes, to: peer, from: local)
    }

    /// Ends all that wait for the socket.
    package borrowing func shutDown() {
        // An unconnected socket is told that it is not connected, and its readers wake all the same.
        _ = Glibc.shutdown(socket.descriptor.rawValue, CInt(SHUT_RDWR))
    }

    /// Sends a datagram to the one peer of a connected socket.
    package borrowing func send(_ bytes: Span<UInt8>) throws(PlatformError) -> Bool {
        try socket.send(bytes) != nil
    }
}
