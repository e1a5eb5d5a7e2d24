import Platform

extension Histogram {
    mutating func record(_ duration: Duration) { record(UInt64(max(0, duration.nanoseconds))) }
}
