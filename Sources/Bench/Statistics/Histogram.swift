/// How often durations of each length occurred; recording allocates nothing.
///
/// A bucket is at most 1/128 as wide as the durations in it, so a percentile is at most 0.8 % off,
/// from nanoseconds to a quarter of an hour; what is longer counts as that.
package struct Histogram: Hashable, Sendable {
    private var counts: [UInt64]
    package private(set) var count: UInt64 = 0
    package private(set) var minimum: UInt64 = .max
    package private(set) var maximum: UInt64 = 0
    private(set) var sum: Double = 0

    package init() { counts = Array(repeating: 0, count: Bucket.count) }

    package mutating func record(_ nanoseconds: UInt64, times: UInt64 = 1) {
        counts[Bucket(of: nanoseconds).index] += times
        count += times
        minimum = min(minimum, nanoseconds)
        maximum = max(maximum, nanoseconds)
        sum += Double(nanoseconds) * Double(times)
    }

    package mutating func merge(_ other: Histogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        sum += other.sum
    }
}

extension Histogram {
    /// What was counted elsewhere; nil where that cannot be.
    init?(
        _ counted: [(bucket: Bucket, count: UInt64)], minimum: UInt64, maximum: UInt64, sum: Double
    ) {
        guard let first = counted.first, let last = counted.last, minimum <= maximum, sum >= 0,
            first.bucket == Bucket(of: minimum), last.bucket == Bucket(of: maximum),
            zip(counted, counted.dropFirst()).allSatisfy({ $0.bucket.index < $1.bucket.index })
        else { return nil }
        self.init()
        for (bucket, number) in counted {
            let (sum, overflows) = count.addingReportingOverflow(number)
            guard !overflows, number > 0 else { return nil }
            count = sum
            counts[bucket.index] = number
        }
        self.minimum = minimum
        self.maximum = maximum
        self.sum = sum
    }
}

extension Histogram {
    package var mean: Double { count == 0 ? 0 : sum / Double(count) }

    /// The smallest duration in nanoseconds that the given share of all does not exceed.
    package func percentile(_ share: Double) -> Double { Ranks(self)[share] }

    /// The buckets that something is in, from the shortest durations on.
    package var buckets: [(bucket: Bucket, count: UInt64)] {
        counts.indices.lazy.filter { counts[$0] > 0 }
            .map { (Bucket(index: $0), counts[$0]) }
    }
}
