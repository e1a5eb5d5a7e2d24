import FuzzSupport
import Platform
import Testing

@testable import Bench

@Suite struct `A histogram against the raw samples` {
    /// Ways in which durations are spread, in nanoseconds.
    enum Spread: String, CaseIterable {
        case uniform, lognormal, bimodal, heavy, constant, tiny

        func sample(_ generator: inout SeededGenerator) -> UInt64 {
            let share = Double.random(in: 0..<1, using: &generator)
            switch self {
            case .uniform: return UInt64(share * 1e6)
            case .lognormal: return UInt64(3e4 * Double.power(ofTen: 0.3 * Self.normal(&generator)))
            case .bimodal:
                let middle = share < 0.9 ? 2.5e4 : 4e6
                return UInt64(middle * (1 + 0.02 * Self.normal(&generator)))
            // The longest are beyond what buckets reach.
            case .heavy: return UInt64(2e4 / max(1e-9, share))
            case .constant: return 26_900
            case .tiny: return UInt64(share * 5)
            }
        }

        /// The sum of twelve, which is near enough.
        private static func normal(_ generator: inout SeededGenerator) -> Double {
            (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
        }
    }

    /// Thousandths of all, so that the reference counts in whole numbers.
    private static let shares = [0, 1, 10, 50, 250, 500, 750, 900, 950, 990, 999, 1000]

    @Test(arguments: Spread.allCases, [1, 2, 3, 10, 99, 1000, 20_000])
    func `each percentile is within a bucket of the sorted samples'`(spread: Spread, count: Int) {
        var generator = SeededGenerator(seed: UInt64(count), case: UInt64(spread.rawValue.count))
        let samples = (0..<count).map { _ in spread.sample(&generator) }
        var histogram = Histogram()
        for sample in samples { histogram.record(sample) }
        let sorted = samples.sorted()
        for share in Self.shares {
            // The smallest that so many thousandths do not exceed.
            let rank = max(1, (count * share + 999) / 1000)
            let expected = sorted[rank - 1]
            let found = histogram.percentile(Double(share) / 1000)
            let width = Double(expected) / 128
            #expect(
                (found - Double(expected)).magnitude <= width,
                "\(spread) \(share)/1000 of \(count): \(found) instead of \(expected)")
        }
        #expect(histogram.count == UInt64(count))
        #expect(histogram.minimum == sorted[0])
        #expect(histogram.maximum == sorted[count - 1])
    }

    @Test func `the mean is that of the samples`() {
        var histogram = Histogram()
        for sample in 1...1000 { histogram.record(UInt64(sample)) }
        #expect(histogram.mean == 500.5)
    }

    @Test func `what is shorter than two hundred and fifty-six nanoseconds is exact`() {
        for sample in 0..<UInt64(256) {
            var histogram = Histogram()
            histogram.record(sample, times: 3)
            #expect(histogram.percentile(0.5) == Double(sample))
            #expect(Bucket(of: sample).lowest == sample)
            #expect(Bucket(of: sample).end == sample + 1)
        }
    }

    @Test func `seven of a hundred are seven, though binary fractions say more`() {
        var histogram = Histogram()
        for sample in 1...100 { histogram.record(UInt64(sample)) }
        for percent in 1...100 {
            #expect(histogram.percentile(Double(percent) / 100) == Double(percent))
        }
    }

    @Test func `an empty histogram has no percentiles, and nothing beyond it has an effect`() {
        #expect(Histogram().percentile(0.99) == 0)
        var histogram = Histogram()
        histogram.record(7)
        #expect(histogram.percentile(-1) == 7)
        #expect(histogram.percentile(2) == 7)
    }

    @Test func `histograms of parts are together that of all`() {
        var generator = SeededGenerator(seed: 5)
        var parts = Array(repeating: Histogram(), count: 4)
        var all = Histogram()
        for index in 0..<4000 {
            let sample = UInt64(Spread.bimodal.sample(&generator))
            parts[index % 4].record(sample)
            all.record(sample)
        }
        var merged = Histogram()
        for part in parts { merged.merge(part) }
        #expect(merged.count == all.count)
        #expect(merged.buckets.map(\.bucket) == all.buckets.map(\.bucket))
        #expect(merged.buckets.map(\.count) == all.buckets.map(\.count))
        #expect((merged.mean - all.mean).magnitude < 1e-6 * all.mean)
    }
}

@Suite struct `Buckets of durations` {
    @Test func `follow each other without a gap, and hold what they say`() {
        for index in 0..<(Bucket.count - 1) {
            let bucket = Bucket(index: index)
            #expect(bucket.end == Bucket(index: index + 1).lowest)
            #expect(Bucket(of: bucket.lowest) == bucket)
            #expect(Bucket(of: bucket.end - 1) == bucket)
        }
    }

    @Test func `are at most a part in 128 wide`() {
        for index in 256..<Bucket.count {
            let bucket = Bucket(index: index)
            #expect((bucket.end - bucket.lowest) * 128 <= bucket.lowest)
        }
    }

    @Test func `take whatever is too long for them into the last`() {
        #expect(Bucket(of: 1 << 40).index == Bucket.count - 1)
        #expect(Bucket(of: .max).index == Bucket.count - 1)
        var histogram = Histogram()
        histogram.record(.max)
        #expect(histogram.percentile(1) == Double(UInt64.max))
    }
}
