/// What tells an object from an earlier one of the same name.
package enum UID: Hashable, Sendable {
    /// What every API server gives, in a third of the room that its text takes.
    case uuid(high: UInt64, low: UInt64)
    case other(String)
}

extension UID {
    package init(_ text: String) { self.init(text.utf8.span) }

    init(_ text: Span<UInt8>) { self = Self.uuid(text) ?? .other(String(copying: text)) }

    package var text: String {
        switch self {
        case .other(let text): text
        case .uuid(let high, let low): Self.text(high, low)
        }
    }

    package var isEmpty: Bool { self == .other("") }

    private static let textLength = 36
    private static let dashes = [8, 13, 18, 23]

    /// The number that 32 lower-case hexadecimal digits with dashes in their places mean.
    private static func uuid(_ text: Span<UInt8>) -> UID? {
        guard text.count == textLength else { return nil }
        var halves = (UInt64(0), UInt64(0))
        for index in text.indices {
            if dashes.contains(index) {
                guard text[index] == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexDigit(text[index]) else { return nil }
            halves.0 = halves.0 << 4 | halves.1 >> 60
            halves.1 = halves.1 << 4 | digit
        }
        return .uuid(high: halves.0, low: halves.1)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
        default: nil
        }
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(textLength)
        for shift in stride(from: 60, through: 0, by: -4) { digits.append(digit(high >> shift)) }
        for shift in stride(from: 60, through: 0, by: -4) { digits.append(digit(low >> shift)) }
        for place in dashes { digits.insert(UInt8(ascii: "-"), at: place) }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ number: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: number & 0xF)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
