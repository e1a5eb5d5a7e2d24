/// Consecutive ports, both ends included.
package struct PortRange: Hashable, Sendable {
    package let lower: Port
    package let upper: Port

    /// Nil when the ends are in the wrong order.
    package init?(_ lower: Port, through upper: Port) {
        guard lower <= upper else { return nil }
        self.lower = lower
        self.upper = upper
    }

    package init(_ port: Port) {
        lower = port
        upper = port
    }

    package var count: Int { Int(upper.rawValue - lower.rawValue) + 1 }

    package func contains(_ port: Port) -> Bool { lower <= port && port <= upper }

    package func overlaps(_ other: PortRange) -> Bool {
        lower <= other.upper && other.lower <= upper
    }
}

extension PortRange: TextParsable {
    /// Parses Kubernetes' three forms: "8080", "30000-32767" and "30000+2767" (base and offset).
    package init(parsing text: Span<UInt8>) throws(NetworkError.Code) {
        var scanner = TextScanner(text)
        lower = try scanner.port()
        if scanner.take(Ascii.dash) {
            upper = try scanner.port()
        } else if scanner.take(Ascii.plus) {
            let (sum, overflow) = lower.rawValue.addingReportingOverflow(
                try scanner.port().rawValue)
            if overflow { throw .notAPortRange }
            upper = Port(sum)
        } else {
            upper = lower
        }
        try scanner.expectEnd(else: .notAPortRange)
        if upper < lower { throw .notAPortRange }
    }

    package func validate() throws(NetworkError.Code) { try lower.validate() }
}

extension PortRange: CustomStringConvertible {
    package var description: String { lower == upper ? "\(lower)" : "\(lower)-\(upper)" }
}
