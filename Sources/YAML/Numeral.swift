/// A text that may be a number in YAML 1.1.
struct Numeral {
    private let isNegative: Bool
    private let digits: Substring
    private let isDecimal: Bool

    /// Underscores between digits only please the eye.
    init(_ text: String) {
        let plain = text.filter { $0 != "_" }
        isNegative = plain.first == "-"
        digits = plain.first == "-" || plain.first == "+" ? plain.dropFirst() : plain[...]
        isDecimal = Self.isDecimal(digits)
    }

    /// The number, if it is whole and fits, in whichever base and form it is written.
    var integer: Int64? {
        let (base, number) = based
        if let magnitude = UInt64(unsigned: number, radix: base) { return signed(magnitude) }
        guard isDecimal, let value = Double(digits), value < 0x1p63 else { return nil }
        return Int64(exactly: isNegative ? -value : value)
    }

    var isNumber: Bool {
        guard isDecimal else { return false }
        return Double(digits)?.isFinite ?? false
    }

    /// A leading zero means octal, as it does in C.
    private var based: (base: Int, digits: Substring) {
        guard digits.first == "0", digits.count > 1 else { return (10, digits) }
        let rest = digits.dropFirst()
        return switch rest.first {
        case "x", "X": (16, rest.dropFirst())
        case "o", "O": (8, rest.dropFirst())
        case "b", "B": (2, rest.dropFirst())
        default: (8, rest)
        }
    }

    private func signed(_ magnitude: UInt64) -> Int64? {
        guard isNegative else { return Int64(exactly: magnitude) }
        // The least number has no counterpart above zero.
        return magnitude == 1 << 63 ? .min : Int64(exactly: magnitude).map { -$0 }
    }

    /// Digits, perhaps a point among, before or behind them, and perhaps an exponent.
    private static func isDecimal(_ digits: Substring) -> Bool {
        let parts = digits.split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == "e" || $0 == "E"
        }
        let mantissa = parts[0].split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard mantissa.contains(where: { !$0.isEmpty }), mantissa.allSatisfy(isDigits) else {
            return false
        }
        guard parts.count == 2 else { return true }
        let isSigned = parts[1].first == "-" || parts[1].first == "+"
        let exponent = isSigned ? parts[1].dropFirst() : parts[1]
        return !exponent.isEmpty && isDigits(exponent)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}

extension UInt64 {
    /// Digits only: no sign, which the standard library would take.
    fileprivate init?(unsigned digits: Substring, radix: Int) {
        guard let first = digits.first, first != "+", first != "-" else { return nil }
        self.init(digits, radix: radix)
    }
}
