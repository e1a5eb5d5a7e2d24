extension IPAddress: TextParsable {
    /// Parses an address of either family as `inet_pton` does.
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.ipAddress()
        try scanner.expectEnd(else: .notAnAddress)
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
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }
}

extension TextBuffer {
    mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address): append(address)
        case .v6(let address): append(address)
        }
    }
}
