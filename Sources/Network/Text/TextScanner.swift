/// A cursor over text bytes that reads the tokens addresses are made of.
struct TextScanner: ~Escapable {
    /// How a number may be written.
    enum Numbers {
        /// As `inet_pton` reads them: a leading zero could mean octal and is an error.
        case canonical
        /// As Kubernetes reads objects stored long ago: leading zeros mean nothing.
        case zeroPadded
    }

    private let text: Span<UInt8>
    let numbers: Numbers
    private(set) var position = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, numbers: Numbers = .canonical) {
        self.text = text
        self.numbers = numbers
    }

    var isAtEnd: Bool { position == text.count }

    /// The byte under the cursor, nil at the end.
    var next: UInt8? { isAtEnd ? nil : text[position] }

    mutating func rewind(to position: Int) { self.position = position }

    /// Steps over one byte if it is the expected one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8, else code: NetworkError.Code) throws(NetworkError.Code) {
        guard take(byte) else { throw code }
    }

    func expectEnd(else code: NetworkError.Code) throws(NetworkError.Code) {
        guard isAtEnd else { throw next == Ascii.percent ? .zone : code }
    }

    /// The first of two bytes that is still ahead, nil when neither is.
    func first(of one: UInt8, _ other: UInt8) -> UInt8? {
        for index in position..<text.count where text[index] == one || text[index] == other {
            return text[index]
        }
        return nil
    }
}

extension TextScanner {
    /// Reads a decimal number up to a limit.
    mutating func decimal(
        upTo limit: UInt32, else malformed: NetworkError.Code, tooBig: NetworkError.Code
    ) throws(NetworkError.Code) -> UInt32 {
        let start = position
        var value: UInt32 = 0
        while let byte = next, let digit = Ascii.decimalDigit(byte) {
            // The limits are far below a tenth of UInt32.max, so one digit cannot overflow.
            value = value * 10 + UInt32(digit)
            if value > limit { throw tooBig }
            position += 1
        }
        if position == start { throw malformed }
        try checkZeros(from: start)
        return value
    }

    /// Reads a 16-bit group in hexadecimal: at most four digits, unless padding is allowed.
    mutating func hexGroup() throws(NetworkError.Code) -> UInt16 {
        let start = position
        var value: UInt32 = 0
        while let byte = next, let digit = Ascii.hexDigit(byte) {
            value = value << 4 | UInt32(digit)
            position += 1
            if value > UInt16.max { throw .notAnAddress }
            if position - start > 4, numbers == .canonical { throw .notAnAddress }
        }
        if position == start { throw .notAnAddress }
        return UInt16(truncatingIfNeeded: value)
    }

    /// Reads exactly two hexadecimal digits.
    mutating func hexByte() -> UInt8? {
        guard position + 2 <= text.count, let high = Ascii.hexDigit(text[position]),
            let low = Ascii.hexDigit(text[position + 1])
        else { return nil }
        position += 2
        return high << 4 | low
    }

    private func checkZeros(from start: Int) throws(NetworkError.Code) {
        if numbers == .zeroPadded { return }
        if text[start] == Ascii.zero, position - start > 1 { throw .leadingZero }
    }
}
