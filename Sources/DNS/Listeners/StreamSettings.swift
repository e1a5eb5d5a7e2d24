/// How long a stream's peer may take, and how much it may hold.
package struct StreamSettings: Hashable, Sendable {
    /// A connection's first message is whole by then, a TLS handshake included (D71).
    package var firstMessage = Duration.seconds(3)
    /// Any other message is whole so long after its first octet.
    package var message = Duration.seconds(3)
    /// Nothing was asked for so long; the keepalive option tells clients (RFC 7828).
    package var idle = Duration.seconds(10)
    /// Not one octet of a reply was taken for so long.
    package var stalled = Duration.seconds(5)
    /// With more than this on its way, nothing further is read; one reply may go beyond it.
    package var unsentLimit = 64 << 10
    /// So many questions of a connection may wait for somebody else.
    package var waitingLimit = 128
    /// Above this, the connection that was idle for longest is closed for a new one.
    package var connectionLimit = 1024
    /// A client, which is an IPv4 address or a /64 of IPv6, gets no more than these.
    package var clientLimit = 64
    /// How much of either direction the kernel keeps for a connection.
    package var kernelBuffer = 64 << 10
    /// How long nobody is accepted when descriptors have run out.
    package var exhausted = Duration.milliseconds(100)

    package init() {}
}
