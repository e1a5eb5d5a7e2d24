/// A cursor over protobuf's wire format; what does not fit is an error, never a read beyond the end.
struct ProtobufReader: ~Escapable {
    let bytes: Span<UInt8>
    var position: Int
    /// Where the current message ends.
    var end: Int

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }
}

/// How a field's value is written.
enum WireType: UInt8 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
}

extension ProtobufReader {
    static let truncated = ObjectError("the protobuf message is cut short")

    var isAtEnd: Bool { position >= end }

    /// A number in groups of seven bits, the lowest first.
    @inline(__always)
    mutating func varint() throws(ObjectError) -> UInt64 {
        guard position < end else { throw Self.truncated }
        let first = bytes[position]
        if first < 0x80 {
            position += 1
            return UInt64(first)
        }
        return try longVarint()
    }

    private mutating func longVarint() throws(ObjectError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < end else { throw Self.truncated }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
            guard shift < 64 else { throw ObjectError("a protobuf number is too long") }
        }
    }

    /// The number of the next field and how its value is written.
    @inline(__always)
    mutating func tag() throws(ObjectError) -> (number: UInt32, type: WireType) {
        let tag = try varint()
        guard let number = UInt32(exactly: tag >> 3), number > 0,
            let type = WireType(rawValue: UInt8(tag & 7))
        else { throw ObjectError("the protobuf message has an impossible field") }
        return (number, type)
    }

    /// Steps over a length and the bytes it counts.
    @inline(__always)
    mutating func range() throws(ObjectError) -> Range<Int> {
        let length = try varint()
        guard length <= UInt64(end - position) else { throw Self.truncated }
        let start = position
        position += Int(length)
        return start..<position
    }

    mutating func skip(_ type: WireType) throws(ObjectError) {
        switch type {
        case .varint: _ = try varint()
        case .bytes: _ = try range()
        case .fixed64: try skip(count: 8)
        case .fixed32: try skip(count: 4)
        }
    }

    private mutating func skip(count: Int) throws(ObjectError) {
        guard count <= end - position else { throw Self.truncated }
        position += count
    }
}
