/// One attribute of a received message: a number that names it, and its bytes.
package struct Attribute: ~Escapable {
    /// The attribute's number, without the nested and byte-order flags.
    package let type: Int
    package let bytes: Span<UInt8>
    /// Where the content starts in the bytes the attribute was read from.
    package let offset: Int

    /// NLA_TYPE_MASK: all but NLA_F_NESTED and NLA_F_NET_BYTEORDER.
    private static let typeMask: UInt16 = 0x3FFF

    @_lifetime(copy bytes)
    package init(type: UInt16, bytes: Span<UInt8>, offset: Int = 0) {
        self.type = Int(type & Self.typeMask)
        self.bytes = bytes
        self.offset = offset
    }

    /// The attributes inside this one.
    package var nested: Attributes {
        @_lifetime(copy self)
        get { Attributes(bytes) }
    }

    /// A number in the host's byte order; the attribute must be exactly as long.
    package func host<Value: FixedWidthInteger>(
        _: Value.Type = Value.self
    ) throws(NetlinkError) -> Value {
        // Big-endian read, then swapped where the host is little-endian.
        Value(bigEndian: try network())
    }

    /// A number in network byte order; the attribute must be exactly as long.
    package func network<Value: FixedWidthInteger>(
        _: Value.Type = Value.self
    ) throws(NetlinkError) -> Value {
        guard bytes.count == Value.bitWidth / 8 else {
            throw malformed("\(bytes.count) bytes where \(Value.bitWidth / 8) belong")
        }
        return bytes.networkOrder(at: 0)
    }

    /// A struct as the kernel lays it out; bytes that newer kernels put behind it are ignored.
    package func fixed<Fixed: BitwiseCopyable>(_: Fixed.Type) throws(NetlinkError) -> Fixed {
        guard bytes.count >= MemoryLayout<Fixed>.size else {
            throw malformed("\(bytes.count) bytes where \(MemoryLayout<Fixed>.size) belong")
        }
        return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: Fixed.self) }
    }

    /// Text that ends with the attribute or at its first NUL, whichever comes first.
    package func string() throws(NetlinkError) -> String {
        var end = 0
        while end < bytes.count, bytes[end] != 0 { end += 1 }
        guard let text = try? UTF8Span(validating: bytes.extracting(0..<end)) else {
            throw malformed("text that is not UTF-8")
        }
        return String(copying: text)
    }

    package func malformed(_ text: String) -> NetlinkError {
        NetlinkError(.malformed, "read attribute", "\(type)", text: text)
    }
}

extension Span<UInt8> {
    /// The number in network byte order at an offset that the caller has checked.
    func networkOrder<Value: FixedWidthInteger>(at offset: Int) -> Value {
        var value: Value = 0
        for index in offset..<offset + Value.bitWidth / 8 {
            value = value << 8 | Value(truncatingIfNeeded: self[index])
        }
        return value
    }

    /// The number in the host's byte order at an offset that the caller has checked.
    func hostOrder<Value: FixedWidthInteger>(at offset: Int) -> Value {
        Value(bigEndian: networkOrder(at: offset))
    }

    /// An array of the same bytes.
    package func copied() -> [UInt8] {
        var copy = [UInt8]()
        copy.reserveCapacity(count)
        for index in indices { copy.append(self[index]) }
        return copy
    }
}
