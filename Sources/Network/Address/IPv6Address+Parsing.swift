extension IPv6Address: TextParsable {
    /// Parses as `inet_pton` does: RFC 4291 section 2.2, no zone.
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.ipv6Address()
        try scanner.expectEnd(else: .notAnAddress)
    }

    package func validate() throws(NetworkError.Code) {
        if mappedIPv4 != nil { throw .mappedAddress }
    }
}

extension TextScanner {
    mutating func ipv6Address() throws(NetworkError.Code) -> IPv6Address {
        var groups = IPv6Groups()
        if take(Ascii.colon) {
            try expect(Ascii.colon, else: .notAnAddress)
            try groups.appendGap()
            if next.flatMap(Ascii.hexDigit) == nil { return try groups.address() }
        }
        repeat {
            if try appendGroup(to: &groups) { break }
        } while try appendSeparator(to: &groups)
        return try groups.address()
    }

    /// Reads a group, or the IPv4 address that ends the text, and tells whether it was that.
    private mutating func appendGroup(to groups: inout IPv6Groups) throws(NetworkError.Code)
        -> Bool
    {
        let start = position
        let group = try hexGroup()
        guard next == Ascii.dot else {
            try groups.append(group)
            return false
        }
        rewind(to: start)
        let tail = try ipv4Address().rawValue
        try groups.append(UInt16(tail >> 16))
        try groups.append(UInt16(tail & 0xFFFF))
        return true
    }

    /// Reads what separates groups and tells whether another group follows.
    private mutating func appendSeparator(to groups: inout IPv6Groups) throws(NetworkError.Code)
        -> Bool
    {
        guard take(Ascii.colon) else { return false }
        guard take(Ascii.colon) else { return true }
        try groups.appendGap()
        return next.flatMap(Ascii.hexDigit) != nil
    }
}

/// The groups read so far, and those before "::" kept apart once it was read.
private struct IPv6Groups {
    private static let limit = 8

    private var bits: UInt128 = 0
    private var count = 0
    private var head: (bits: UInt128, count: Int)?

    mutating func append(_ group: UInt16) throws(NetworkError.Code) {
        if count == Self.limit { throw .notAnAddress }
        bits = bits << 16 | UInt128(group)
        count += 1
    }

    mutating func appendGap() throws(NetworkError.Code) {
        if head != nil { throw .notAnAddress }
        head = (bits, count)
        bits = 0
    }

    func address() throws(NetworkError.Code) -> IPv6Address {
        guard let head else {
            if count < Self.limit { throw .notAnAddress }
            return IPv6Address(rawValue: bits)
        }
        // "::" stands for one group of zeros at least.
        if count == Self.limit { throw .notAnAddress }
        return IPv6Address(rawValue: head.bits << UInt128(16 * (Self.limit - head.count)) | bits)
    }
}
