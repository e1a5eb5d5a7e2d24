extension AddressRange: TextParsable {
    /// Parses two addresses with a dash between them, such as "10.0.0.10-10.0.0.99".
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        let lower = try scanner.ipAddress()
        try scanner.expect(Ascii.dash, else: .notAnAddressRange)
        let upper = try scanner.ipAddress()
        try scanner.expectEnd(else: .notAnAddressRange)
        guard let range = AddressRange(lower, through: upper) else { throw .notAnAddressRange }
        self = range
    }

    package func validate() throws(NetworkError.Code) {
        try lower.validate()
        try upper.validate()
    }
}

extension AddressRange: CustomStringConvertible {
    package var description: String { "\(lower)-\(upper)" }
}
