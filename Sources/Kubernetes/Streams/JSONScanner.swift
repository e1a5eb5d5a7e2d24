/// Finds where JSON values end, whatever is in them, in bytes that come in pieces.
struct JSONScanner: Sendable {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Where in the unused bytes the scan goes on.
    private var offset = 0

    var isBetweenValues: Bool { depth == 0 && offset == 0 && !isInString }

    /// The next object or list, with nothing but white space before it.
    mutating func next(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Range<Int>? {
        if depth == 0 { try skipSpace(&buffer) }
        guard let length = try end(buffer) else { return nil }
        let start = buffer.used
        buffer.use(length)
        return start..<start + length
    }

    private mutating func skipSpace(_ buffer: inout ChunkBuffer) throws(ObjectError) {
        while buffer.unused > 0 {
            switch buffer.bytes[buffer.used] {
            case 0x20, 0x09, 0x0A, 0x0D: buffer.use(1)
            case UInt8(ascii: "{"), UInt8(ascii: "["): return
            default: throw ObjectError("a JSON object must stand here")
            }
        }
    }

    /// How many of the unused bytes the value takes that began with the first of them.
    private mutating func end(_ buffer: ChunkBuffer) throws(ObjectError) -> Int? {
        let bytes = buffer.bytes.span
        var position = buffer.used + offset
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if take(byte), depth == 0 {
                offset = 0
                return position - buffer.used
            }
        }
        offset = position - buffer.used
        return nil
    }

    /// Whether the byte closes a bracket.
    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            return true
        default: break
        }
        return false
    }
}
