/// A port number of a transport protocol.
package struct Port: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package init(_ number: UInt16) { rawValue = number }
}

extension Port: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: UInt16) { rawValue = value }
}

extension Port: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Port: TextParsable {
    /// Parses a decimal number of 0 to 65535; validating it refuses 0.
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        self = try scanner.port()
        try scanner.expectEnd(else: .notAPort)
    }

    package func validate() throws(NetworkError.Code) {
        if rawValue == 0 { throw .notAPort }
    }
}

extension TextScanner {
    mutating func port() throws(NetworkError.Code) -> Port {
        let number = try decimal(upTo: UInt32(UInt16.max), else: .notAPort, tooBig: .notAPort)
        return Port(UInt16(number))
    }
}

extension Port: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
