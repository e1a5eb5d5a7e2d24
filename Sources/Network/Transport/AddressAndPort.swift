/// Where something listens or is reached: an address and a port on it.
package struct AddressAndPort: Hashable, Sendable {
    package let address: IPAddress
    package let port: Port

    package init(_ address: IPAddress, _ port: Port) {
        self.address = address
        self.port = port
    }
}

extension AddressAndPort: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        left.address == right.address ? left.port < right.port : left.address < right.address
    }
}

extension AddressAndPort: TextParsable {
    /// Parses "10.0.0.1:80" or "[2001:db8::1]:80".
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        if scanner.take(Ascii.openBracket) {
            address = .v6(try scanner.ipv6Address())
            if scanner.next == Ascii.percent { throw .zone }
            try scanner.expect(Ascii.closeBracket, else: .notAnAddressAndPort)
        } else {
            address = .v4(try scanner.ipv4Address())
        }
        try scanner.expect(Ascii.colon, else: .notAnAddressAndPort)
        port = try scanner.port()
        try scanner.expectEnd(else: .notAnAddressAndPort)
    }

    package func validate() throws(NetworkError.Code) {
        try address.validate()
        try port.validate()
    }
}

extension AddressAndPort: CustomStringConvertible {
    package var description: String {
        var text = TextBuffer()
        let isV6 = address.family == .v6
        if isV6 { text.append(Ascii.openBracket) }
        text.append(address)
        if isV6 { text.append(Ascii.closeBracket) }
        text.append(Ascii.colon)
        text.append(decimal: port.rawValue)
        return text.string
    }
}
