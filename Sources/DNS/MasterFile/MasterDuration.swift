/// Times in zone files: seconds, or numbers with the units w, d, h, m and s, such as 1h30m.
enum MasterDuration {
    /// Nil for what is none, and for more than 32 bits of seconds.
    static func seconds(_ text: ArraySlice<UInt8>) -> UInt32? {
        guard let last = text.last else { return nil }
        // A number alone is of seconds.
        let text = isDigit(last) ? Array(text) + [UInt8(ascii: "s")] : Array(text)
        var (total, number): (UInt64, UInt64?) = (0, nil)
        for octet in text {
            if isDigit(octet) {
                number = (number ?? 0) * 10 + UInt64(octet - UInt8(ascii: "0"))
            } else {
                guard let count = number, let unit = unit(octet) else { return nil }
                total += count * unit
                number = nil
            }
            guard number ?? 0 <= UInt32.max, total <= UInt32.max else { return nil }
        }
        return UInt32(total)
    }

    private static func unit(_ octet: UInt8) -> UInt64? {
        switch octet.lowercasedASCII {
        case UInt8(ascii: "s"): 1
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "h"): 3600
        case UInt8(ascii: "d"): 86_400
        case UInt8(ascii: "w"): 604_800
        default: nil
        }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }
}
