/// The attributes in a stretch of received bytes, one after the other.
package struct Attributes: ~Escapable {
    private let bytes: Span<UInt8>
    private var offset = 0

    /// The bytes of an attribute's own length and type.
    private static let headerSize = 4

    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// The next attribute, or nil at the end; one that claims more than there is throws.
    @_lifetime(copy self)
    package mutating func next() throws(NetlinkError) -> Attribute? {
        // Fewer bytes than a header are padding behind the last attribute.
        guard bytes.count - offset >= Self.headerSize else { return nil }
        let length = Int(bytes.hostOrder(at: offset) as UInt16)
        let type: UInt16 = bytes.hostOrder(at: offset + 2)
        guard length >= Self.headerSize, length <= bytes.count - offset else {
            throw NetlinkError(
                .malformed, "read attribute", "\(type)",
                text: "\(length) bytes claimed, \(bytes.count - offset) there")
        }
        let start = offset + Self.headerSize
        let content = bytes.extracting(start..<offset + length)
        offset = min(bytes.count, offset + aligned(length))
        return Attribute(type: type, bytes: content, offset: start)
    }

    /// Calls `body` with each attribute.
    @inlinable
    package consuming func forEach(
        _ body: (borrowing Attribute) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        while let attribute = try next() { try body(attribute) }
    }

    /// The first attribute with this number.
    @_lifetime(copy self)
    package consuming func first(_ type: Int) throws(NetlinkError) -> Attribute? {
        while let attribute = try next() {
            if attribute.type == type { return attribute }
        }
        return nil
    }

    /// Rounds up to NLA_ALIGNTO.
    private func aligned(_ length: Int) -> Int { (length + 3) & ~3 }
}
