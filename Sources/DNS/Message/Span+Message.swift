extension Span<UInt8> {
    /// A number of two octets that are known to be there.
    @inline(__always)
    package func bigEndian16(at offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }

    /// A number of four octets that are known to be there.
    @inline(__always)
    package func bigEndian32(at offset: Int) -> UInt32 {
        UInt32(bigEndian16(at: offset)) << 16 | UInt32(bigEndian16(at: offset + 2))
    }

    /// Where the name at an offset ends in place, without following a pointer; nil if it is none.
    package func endOfName(at offset: Int) -> Int? {
        var next = offset
        while next < count {
            let length = Int(self[next])
            if length == 0 { return next + 1 }
            // The upper two bits say what follows; 01 and 10 mean nothing (RFC 6891 section 5).
            if length >= 0xc0 { return next + 2 <= count ? next + 2 : nil }
            if length > DomainName.longestLabel { return nil }
            next += 1 + length
        }
        return nil
    }

    /// Whether the same octets stand here as in another span, whatever the case of letters.
    package func equalsIgnoringCase(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index].lowercasedASCII != other[index].lowercasedASCII {
            return false
        }
        return true
    }

    /// Whether the same octets stand here as in another span.
    package func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
