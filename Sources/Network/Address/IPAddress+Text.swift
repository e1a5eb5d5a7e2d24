extension IPAddress: TextParsable {
    /// Parses an address of either family as `inet_pton` does.
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.ipAddress()
        try scanner.expectEnd(else: .notAnAddress)
    }

    package func validate() throws(NetworkError.Code) {
        if case .v6(let address) = self { try address.validate() }
    }
}

extension IPAddress {
    /// Parses an address of a stored Kubernetes object as Kubernetes itself reads it.
    ///
    /// Numbers may be padded with zeros, which do not mean octal, and an IPv4-mapped address is
    /// the IPv4 address it stands for: both were valid once, so such objects exist (S10).
    package init?(legacy text: String) {
        self.init(legacy: text.utf8.span)
    }

    package init?(legacy text: Span<UInt8>) {
        var scanner = TextScanner(text, numbers: .zeroPadded)
        guard let address = try? scanner.ipAddress(), scanner.isAtEnd else { return nil }
        self = address.unmapped
    }
}

extension TextScanner {
    /// Reads an address whose family the first dot or colon tells.
    mutating func ipAddress() throws(NetworkError.Code) -> IPAddress {
        switch first(of: Ascii.dot, Ascii.colon) {
        case Ascii.dot: .v4(try ipv4Address())
        case Ascii.colon: .v6(try ipv6Address())
        default: throw .notAnAddress
        }
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        var text = TextBuffer()
        text.append(self)
        return text.string
    }
}

extension TextBuffer {
    package mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address): append(address)
        case .v6(let address): append(address)
        }
    }
}
