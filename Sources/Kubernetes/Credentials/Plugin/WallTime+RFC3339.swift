import Platform

extension WallTime {
    /// The time that RFC 3339 writes so, to the second.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A,
            bytes[16] == 0x3A, [0x54, 0x74, 0x20].contains(bytes[10])
        else { return nil }
        let places = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19]
        let numbers = places.compactMap { Self.number(bytes[$0]) }
        guard numbers.count == places.count, (1...12).contains(numbers[1]),
            (1...31).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60, numbers[5] <= 60
        else { return nil }
        guard let offset = Self.offset(bytes[19...]) else { return nil }
        let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
        let seconds = ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5] - offset
        // Times that nanoseconds since 1970 cannot count are as good as never, or always.
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self.init(nanoseconds: overflow ? (seconds < 0 ? .min : .max) : nanoseconds)
    }

    /// Days since 1970 in the Gregorian calendar, counted in years that begin in March.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let isEarly = month <= 2
        let year = isEarly ? year - 1 : year
        let century = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - century * 400
        let dayOfYear = (153 * (month + (isEarly ? 9 : -3)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return century * 146_097 + dayOfEra - 719_468
    }

    /// Seconds east of Greenwich, behind a fraction of a second that does not count.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var rest = bytes
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let fraction = rest.prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count)
        }
        if rest.elementsEqual([UInt8(ascii: "Z")]) || rest.elementsEqual([UInt8(ascii: "z")]) {
            return 0
        }
        let zone = Array(rest)
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"), let hours = number(zone[1..<3]),
            let minutes = number(zone[4..<6]), hours < 24, minutes < 60
        else { return nil }
        let seconds = (hours * 60 + minutes) * 60
        return zone[0] == UInt8(ascii: "+")
            ? seconds : zone[0] == UInt8(ascii: "-") ? -seconds : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.reduce(0 as Int64?) { number, digit in
            guard let number, (0x30...0x39).contains(digit) else { return nil }
            return number * 10 + Int64(digit - 0x30)
        }
    }
}
