extension IPv4Address: TextParsable {
    /// Parses four decimal octets as `inet_pton` does.
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.ipv4Address()
        try scanner.expectEnd(else: .notAnAddress)
    }
}

extension TextScanner {
    mutating func ipv4Address() throws(NetworkError.Code) -> IPv4Address {
        var value = try octet()
        for _ in 1..<4 {
            try expect(Ascii.dot, else: .notAnAddress)
            value = value << 8 | (try octet())
        }
        return IPv4Address(rawValue: value)
    }

    private mutating func octet() throws(NetworkError.Code) -> UInt32 {
        try decimal(upTo: 255, else: .notAnAddress, tooBig: .octetTooBig)
    }
}

extension IPv4Address: CustomStringConvertible {
    package var description: String {
        var text = TextBuffer()
        text.append(self)
        return text.string
    }
}

extension TextBuffer {
    mutating func append(_ address: IPv4Address) {
        let octets = address.octets
        append(decimal: UInt16(octets[0]))
        for index in 1..<4 {
            append(Ascii.dot)
            append(decimal: UInt16(octets[index]))
        }
    }
}
