import Platform

extension WallTime {
    /// The time that RFC 3339 writes so, to the second.
    init?(rfc3339 text: String) {
        guard let seconds = Timestamp(text)?.seconds else { return nil }
        // Times that nanoseconds since 1970 cannot count are as good as never, or always.
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        self.init(nanoseconds: overflow ? (seconds < 0 ? .min : .max) : nanoseconds)
    }
}
