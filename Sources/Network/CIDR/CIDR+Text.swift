extension CIDR: TextParsable {
    /// Parses an address, a slash and a prefix length, such as "10.0.0.0/8".
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.cidr()
    }

    package func validate() throws(NetworkError.Code) { try address.validate() }
}

extension CIDR {
    /// Parses configuration that means a network, where a host part is likely a mistake.
    package init(validatingNetwork text: String) throws(NetworkError) {
        try self.init(validating: text)
        if !isNetwork { throw NetworkError(.hostBits, text) }
    }

    /// Parses a network of a stored Kubernetes object, as `IPAddress(legacy:)` does an address.
    package init?(legacy text: String) {
        self.init(legacy: text.utf8.span)
    }

    package init?(legacy text: Span<UInt8>) {
        var scanner = TextScanner(text, numbers: .zeroPadded)
        guard let cidr = try? scanner.cidr() else { return nil }
        self = cidr.unmapped
    }

    /// The IPv4 network behind one within ::ffff:0:0/96.
    private var unmapped: CIDR {
        let mappedBits: UInt8 = 96
        guard case .v6 = address, prefixLength >= mappedBits, case .v4 = address.unmapped else {
            return self
        }
        return CIDR(address.unmapped, length: prefixLength - mappedBits)
    }
}

extension TextScanner {
    /// Reads an address and prefix length that make up the whole text.
    fileprivate mutating func cidr() throws(NetworkError.Code) -> CIDR {
        let address = try ipAddress()
        if isAtEnd { throw .noPrefixLength }
        if next == Ascii.percent { throw .zone }
        try expect(Ascii.slash, else: .notANetwork)
        let tooBig: NetworkError.Code =
            address.family == .v4 ? .prefixTooLongForIPv4 : .prefixTooLongForIPv6
        let length = try decimal(
            upTo: UInt32(address.family.bitWidth), else: .notANetwork, tooBig: tooBig)
        try expectEnd(else: .notANetwork)
        return CIDR(address, length: UInt8(length))
    }
}

extension CIDR: CustomStringConvertible {
    package var description: String {
        var text = TextBuffer()
        text.append(address)
        text.append(Ascii.slash)
        text.append(decimal: UInt16(prefixLength))
        return text.string
    }
}
