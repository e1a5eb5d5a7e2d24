/// Durations as Go's `time` writes and reads them: "15m0s", "1.5s", "0s".
extension Duration {
    /// Nil for a text that is none, and for one beyond 292 years, which Go cannot count either.
    package init?(goText text: String) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var total: UInt128 = 0
        // Zero alone needs no unit.
        if rest.elementsEqual("0".utf8) { rest = [] }
        while !rest.isEmpty {
            guard let part = Self.part(&rest), part <= Int64.max else { return nil }
            total += part
            guard total <= Int64.max else { return nil }
        }
        self = .nanoseconds(isNegative ? -Int64(total) : Int64(total))
    }

    /// Takes a number with its unit off the front, as nanoseconds.
    private static func part(_ rest: inout ArraySlice<UInt8>) -> UInt128? {
        let whole = digits(&rest)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = digits(&rest)
        }
        let unit = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
        rest = rest.dropFirst(unit.count)
        guard whole.count + fraction.count > 0, whole.count <= longestNumber,
            let size = units[String(decoding: unit, as: UTF8.self)]
        else { return nil }
        var value = number(whole) * size
        // What is below a nanosecond of an hour does not count.
        let counted = fraction.prefix(longestNumber)
        value += number(counted) * size / power(counted.count)
        return value
    }

    /// As many digits as Int64 has.
    private static let longestNumber = 19

    private static let units: [String: UInt128] = [
        "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000,
        "m": 60_000_000_000, "h": 3_600_000_000_000,
    ]

    private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        return digits
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt128 {
        digits.reduce(0) { $0 * 10 + UInt128($1 - UInt8(ascii: "0")) }
    }

    private static func power(_ exponent: Int) -> UInt128 {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}

extension Duration {
    /// The form that every reader of Kubernetes' configurations takes.
    package var goText: String {
        let sign = nanoseconds < 0 ? "-" : ""
        return sign + Self.text(UInt64(nanoseconds.magnitude))
    }

    private static func text(_ nanoseconds: UInt64) -> String {
        switch nanoseconds {
        case 0: return "0s"
        case ..<1_000: return "\(nanoseconds)ns"
        case ..<1_000_000: return decimal(nanoseconds, per: 1_000) + "µs"
        case ..<1_000_000_000: return decimal(nanoseconds, per: 1_000_000) + "ms"
        default:
            let minutes = nanoseconds / 60_000_000_000
            let seconds = decimal(nanoseconds % 60_000_000_000, per: 1_000_000_000) + "s"
            if minutes == 0 { return seconds }
            return (minutes < 60 ? "" : "\(minutes / 60)h") + "\(minutes % 60)m" + seconds
        }
    }

    /// The number with what is behind its point, without zeros at the end.
    private static func decimal(_ number: UInt64, per unit: UInt64) -> String {
        let rest = number % unit
        guard rest > 0 else { return "\(number / unit)" }
        // Digits after a one, which keeps the zeros at the front.
        var digits = "\(unit + rest)".dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(number / unit).\(digits)"
    }
}
