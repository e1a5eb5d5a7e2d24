extension MACAddress: TextParsable {
    /// Parses six octets in hexadecimal of either case, all separated by colons or all by dashes.
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.macAddress()
        try scanner.expectEnd(else: .notAMACAddress)
    }
}

extension TextScanner {
    mutating func macAddress() throws(NetworkError.Code) -> MACAddress {
        guard var value = hexByte().map(UInt64.init) else { throw .notAMACAddress }
        let separator = next == Ascii.dash ? Ascii.dash : Ascii.colon
        for _ in 1..<6 {
            guard take(separator), let octet = hexByte() else { throw .notAMACAddress }
            value = value << 8 | UInt64(octet)
        }
        return MACAddress(rawValue: value)
    }
}

extension MACAddress: CustomStringConvertible {
    package var description: String {
        let octets = octets
        var text = TextBuffer()
        for index in octets.indices {
            if index > 0 { text.append(Ascii.colon) }
            text.append(hexByte: octets[index])
        }
        return text.string
    }
}
