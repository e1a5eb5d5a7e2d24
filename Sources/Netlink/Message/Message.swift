import CMnl

/// One received netlink message, borrowed from the receive buffer.
package struct Message: ~Escapable {
    package let type: UInt16
    package let flags: UInt16
    package let sequence: UInt32
    /// The socket the message answers; 0 when it answers nobody.
    package let port: UInt32
    /// What follows the header.
    package let payload: Span<UInt8>

    @_lifetime(copy bytes)
    fileprivate init(header bytes: Span<UInt8>, offset: Int, payload range: Range<Int>) {
        type = bytes.hostOrder(at: offset + 4)
        flags = bytes.hostOrder(at: offset + 6)
        sequence = bytes.hostOrder(at: offset + 8)
        port = bytes.hostOrder(at: offset + 12)
        payload = bytes.extracting(range)
    }

    /// A struct as the kernel lays it out at the start of the payload (`ifinfomsg`, …).
    package func fixed<Fixed: BitwiseCopyable>(_: Fixed.Type) throws(NetlinkError) -> Fixed {
        guard payload.count >= MemoryLayout<Fixed>.size else {
            throw NetlinkError(
                .malformed, "read message", "of type \(type)",
                text: "\(payload.count) bytes where at least \(MemoryLayout<Fixed>.size) belong")
        }
        return unsafe payload.withUnsafeBytes { unsafe $0.loadUnaligned(as: Fixed.self) }
    }

    /// The attributes behind a fixed part of that type.
    @_lifetime(copy self)
    package func attributes<Fixed: BitwiseCopyable>(after _: Fixed.Type) -> Attributes {
        let size = min(payload.count, (MemoryLayout<Fixed>.size + 3) & ~3)
        return Attributes(payload.extracting(size..<payload.count))
    }
}

/// The messages of one received datagram.
package struct Messages: ~Escapable {
    private let bytes: Span<UInt8>
    private var offset = 0

    private static let headerSize = MemoryLayout<nlmsghdr>.size

    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// The next message, or nil at the end; one that claims more than there is throws.
    @_lifetime(copy self)
    package mutating func next() throws(NetlinkError) -> Message? {
        guard offset < bytes.count else { return nil }
        let left = bytes.count - offset
        let length = left >= Self.headerSize ? Int(bytes.hostOrder(at: offset) as UInt32) : 0
        guard length >= Self.headerSize, length <= left else {
            throw NetlinkError(
                .malformed, "read message", text: "\(length) bytes claimed, \(left) there")
        }
        let message = Message(
            header: bytes, offset: offset,
            payload: offset + Self.headerSize..<offset + length)
        offset = min(bytes.count, offset + ((length + 3) & ~3))
        return message
    }
}
