/// Base64 as RFC 4648 §4 has it: padded, the standard alphabet, no stray bits.
///
/// Line breaks are stepped over, because Kubernetes' own decoder does and people wrap long values.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The bytes of a text; nil when it is not Base64.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var (digits, paddings) = (0, 0)
        for index in text.indices {
            let character = text[index]
            if character == UInt8(ascii: "\n") || character == UInt8(ascii: "\r") { continue }
            if character == padding {
                paddings += 1
                continue
            }
            guard paddings == 0, let value = value(of: character) else { return nil }
            bits = bits << 6 | value
            digits += 1
            guard digits.isMultiple(of: 4) else { continue }
            bytes += [16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
        }
        guard let rest = rest(bits, digits: digits % 4, paddings: paddings) else { return nil }
        return bytes + rest
    }

    /// What the last group holds, which is short; nil when it is not as it must be.
    private static func rest(_ bits: UInt32, digits: Int, paddings: Int) -> [UInt8]? {
        switch (digits, paddings) {
        case (0, 0): []
        case (2, 2) where bits & 0xF == 0: [UInt8(truncatingIfNeeded: bits >> 4)]
        case (3, 1) where bits & 0x3 == 0:
            [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: nil
        }
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for digit in 0..<4 {
                let value = Int(bits >> UInt32(18 - 6 * digit) & 0x3F)
                text.append(digit <= group.count ? alphabet[value] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
