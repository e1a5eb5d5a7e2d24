extension Int64 {
    /// The number of decimal digits; nil when it has a fraction or an exponent, or does not fit.
    init?(digits: Span<UInt8>) {
        guard !digits.isEmpty else { return nil }
        let isNegative = digits[0] == UInt8(ascii: "-")
        var number: Int64 = 0
        for index in (isNegative ? 1 : 0)..<digits.count {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digits[index] else { return nil }
            let digit = Int64(digits[index] - UInt8(ascii: "0"))
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.subtractingReportingOverflow(digit)
            if overflow || carried { return nil }
            // Counted downwards, since the lowest number has no positive counterpart.
            number = sum
        }
        if !isNegative, number == .min { return nil }
        self = isNegative ? number : -number
    }
}
