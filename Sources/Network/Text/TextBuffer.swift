/// Text under construction, on the stack: longer than any address, prefix or endpoint is.
package struct TextBuffer: Sendable {
    private var bytes = [64 of UInt8](repeating: 0)
    private var count = 0

    package init() {}

    /// The text so far, in place.
    package var octets: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span.extracting(..<count) }
    }

    /// The text so far, in a string of its own.
    var string: String {
        // Only ASCII is ever appended, so the bytes are valid.
        guard let text = try? UTF8Span(validating: bytes.span.extracting(..<count)) else {
            return ""
        }
        return String(copying: text)
    }

    mutating func append(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    /// Appends a number of at most five digits.
    mutating func append(decimal value: UInt16) {
        var divisor: UInt16 = 10_000
        while divisor > 1, value < divisor { divisor /= 10 }
        while divisor > 0 {
            append(Ascii.zero + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends a number in lower-case hexadecimal without leading zeros.
    mutating func append(hexadecimal value: UInt16) {
        var shift: UInt16 = 12
        while shift > 0, value >> shift == 0 { shift -= 4 }
        while true {
            append(Ascii.hexDigit(of: UInt8(value >> shift & 0xF)))
            if shift == 0 { return }
            shift -= 4
        }
    }

    /// Appends a byte as two lower-case hexadecimal digits.
    mutating func append(hexByte byte: UInt8) {
        append(Ascii.hexDigit(of: byte >> 4))
        append(Ascii.hexDigit(of: byte & 0xF))
    }
}
