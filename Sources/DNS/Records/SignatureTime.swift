import Platform

/// Times of signatures: seconds since 1970 or, for people, `20260131120000` (RFC 4034 section 3.2).
enum SignatureTime {
    static func text(_ seconds: UInt32) -> String {
        // 2026-01-31T12:00:00 without the marks between.
        let text = WallTime(nanoseconds: Int64(seconds) * 1_000_000_000).text
        return String(text.prefix(19).filter(\.isNumber))
    }

    /// Nil for what is neither form, or is before 1970 or after 2106.
    static func seconds(_ text: String) -> UInt32? {
        guard text.utf8.count == 14 else { return UInt32(text) }
        let digits = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            Int(String(decoding: digits[range], as: UTF8.self)).flatMap { $0 < 0 ? nil : $0 }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let hour = number(8..<10), let minute = number(10..<12), let second = number(12..<14),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = self.days(year, month, day)
        return UInt32(exactly: ((days * 24 + hour) * 60 + minute) * 60 + second)
    }

    /// Days since 1970 in the Gregorian calendar, with years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        // 719,468 days lie between 1 March of the year 0 and 1970.
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
