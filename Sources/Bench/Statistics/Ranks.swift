/// The durations of a histogram by their rank, for whoever asks for many of them.
struct Ranks {
    private let count: Double
    private let shortest: Double
    private let longest: Double
    /// The buckets that something is in, and how many durations are in them and all before.
    private var entries: [(middle: Double, passed: UInt64)] = []

    init(_ histogram: Histogram) {
        count = Double(histogram.count)
        shortest = Double(histogram.minimum)
        longest = Double(histogram.maximum)
        var passed: UInt64 = 0
        for (bucket, number) in histogram.buckets {
            passed += number
            entries.append((bucket.middle, passed))
        }
    }

    /// The smallest duration in nanoseconds that the given share of all does not exceed.
    subscript(share: Double) -> Double {
        guard let last = entries.last else { return 0 }
        // 0.07 of 100 is a little more than 7 in binary, and yet the seventh is meant.
        let place = count * min(max(share, 0), 1)
        let rank = max(1, UInt64((place - place.ulp * 2).rounded(.up)))
        var (low, high) = (0, entries.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].passed >= rank { high = middle } else { low = middle + 1 }
        }
        let found = entries[low].passed >= rank ? entries[low].middle : last.middle
        return min(max(found, shortest), longest)
    }
}
