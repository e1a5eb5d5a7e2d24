import Glibc

extension WallTime {
    /// The time in UTC as RFC 3339 has it, to the millisecond: `2026-01-31T12:00:00.123Z`.
    package var text: String {
        var seconds = time_t(nanoseconds / nanosecondsPerSecond)
        var parts = unsafe tm()
        // Fails for years that do not fit only.
        _ = unsafe gmtime_r(&seconds, &parts)
        let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        let milliseconds = CInt(truncatingIfNeeded: nanoseconds / 1_000_000 % 1000)
        return date.map { padded($0, 2) }.joined(separator: "-") + "T"
            + clock.map { padded($0, 2) }.joined(separator: ":") + ".\(padded(milliseconds, 3))Z"
    }
}

private func padded(_ number: CInt, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
