package import Platform

/// How long changes of endpoints took to take effect here.
package enum ProgrammingLatency {
    /// Where the control plane notes when what a slice follows from has changed.
    package static let annotation = "endpoints.kubernetes.io/last-change-trigger-time"

    /// One sample for each slice whose change came after the process began: what is older took no
    /// longer than the process was not there.
    package static func samples(
        _ slices: some Sequence<Annotations>, now: WallTime, since start: WallTime
    ) -> [Duration] {
        slices.compactMap { annotations in
            guard let text = annotations[annotation], let time = time(text), time > start else {
                return nil
            }
            // The control plane's clock may be ahead of ours.
            return max(.zero, now - time)
        }
    }

    private static func time(_ text: String) -> WallTime? {
        guard let whole = Timestamp(text) else { return nil }
        let (seconds, overflow) = whole.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? nil : WallTime(nanoseconds: seconds) + .nanoseconds(fraction(text))
    }

    /// The nanoseconds beyond whole seconds.
    private static func fraction(_ text: String) -> Int64 {
        guard let point = text.firstIndex(of: ".") else { return 0 }
        let digits = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }.prefix(
            9)
        let padding = String(repeating: "0", count: 9 - digits.count)
        return Int64(digits + padding) ?? 0
    }
}
