/// A range of durations that a histogram does not tell apart.
package struct Bucket: Hashable, Sendable {
    package let index: Int

    /// Each power of two is cut into so many buckets, as a power of two.
    private static let cutBits = 7
    private static let cuts = 1 << cutBits
    /// What needs more bits is counted in the last bucket: 2^40 ns are 18 minutes.
    private static let longestBits = 40

    static let count = (longestBits - cutBits + 1) * cuts

    package init(index: Int) { self.index = index }

    init(of nanoseconds: UInt64) {
        let length = UInt64.bitWidth - nanoseconds.leadingZeroBitCount
        let shift = max(0, length - Self.cutBits - 1)
        let index = shift * Self.cuts + Int(nanoseconds >> UInt64(shift))
        self.index = min(index, Self.count - 1)
    }

    private var shift: Int { max(0, index / Self.cuts - 1) }

    /// The shortest duration in it, in nanoseconds.
    package var lowest: UInt64 { UInt64(index - shift * Self.cuts) << UInt64(shift) }

    /// One more than the longest duration in it.
    package var end: UInt64 { lowest + 1 << UInt64(shift) }

    var middle: Double { (Double(lowest) + Double(end - 1)) / 2 }
}
