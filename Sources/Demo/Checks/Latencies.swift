import Platform

/// How long answers took.
struct Latencies: Hashable, Sendable {
    private let sorted: [Duration]

    init(_ durations: [Duration]) { sorted = durations.sorted() }

    /// The duration that a share of all answers did not exceed, by the nearest rank.
    func percentile(_ percent: Int) -> Duration {
        guard !sorted.isEmpty else { return .zero }
        let rank = (sorted.count * percent + 99) / 100
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}

extension Latencies: CustomStringConvertible {
    var description: String { "p50 \(percentile(50).words), p99 \(percentile(99).words)" }
}

extension Duration {
    /// For people: `85 µs`, `1.2 ms`, `340 ms`, `2.5 s`.
    var words: String {
        let microseconds = nanoseconds / 1000
        if microseconds < 1000 { return "\(microseconds) µs" }
        if microseconds < 10_000 { return Self.tenths(microseconds / 100) + " ms" }
        if microseconds < 1_000_000 { return "\(microseconds / 1000) ms" }
        return Self.tenths(microseconds / 100_000) + " s"
    }

    private static func tenths(_ count: Int64) -> String { "\(count / 10).\(count % 10)" }
}
