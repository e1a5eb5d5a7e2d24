/// The bytes that text forms of addresses are written with.
enum Ascii {
    static let percent = UInt8(ascii: "%")
    static let plus = UInt8(ascii: "+")
    static let dash = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
    static let zero = UInt8(ascii: "0")
    static let colon = UInt8(ascii: ":")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")

    static func decimalDigit(_ byte: UInt8) -> UInt8? {
        let digit = byte &- zero
        return digit < 10 ? digit : nil
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        if let digit = decimalDigit(byte) { return digit }
        // Setting bit 5 folds upper case onto lower case.
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter + 10 : nil
    }

    /// The lower-case digit of a value below 16.
    static func hexDigit(of nibble: UInt8) -> UInt8 {
        nibble < 10 ? zero + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
