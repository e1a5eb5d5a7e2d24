/// Octets as pairs of digits.
enum Hexadecimal {
    static func encode(_ octets: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for octet in octets {
            text.append(digit(octet >> 4))
            text.append(digit(octet & 0xf))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for what is no whole number of pairs.
    static func decode(_ digits: some Collection<UInt8>) -> [UInt8]? {
        var (octets, high): ([UInt8], UInt8?) = ([], nil)
        for digit in digits {
            guard let value = value(digit) else { return nil }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? octets : nil
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit.lowercasedASCII {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit.lowercasedASCII - 0x61 + 10
        default: nil
        }
    }
}
