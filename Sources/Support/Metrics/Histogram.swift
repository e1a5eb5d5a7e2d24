/// Measurements counted by how large they are, for whoever measures.
package struct Histogram: Hashable, Sendable {
    private let bounds: [Double]
    private var counts: [Int]
    private var count = 0
    private var sum = 0.0

    /// Takes upper bounds in order.
    package init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count)
    }
}

extension Histogram {
    package mutating func add(_ value: Double) {
        count += 1
        sum += value
        if let index = bounds.firstIndex(where: { value <= $0 }) { counts[index] += 1 }
    }

    /// Adds a time in seconds, as Prometheus has them.
    package mutating func add(_ duration: Duration) { add(duration / .seconds(1)) }

    package var buckets: MetricFamily.Buckets {
        .init(bounds: bounds, counts: counts, count: count, sum: sum)
    }

    /// Bounds of which each is so many times the one before.
    package static func exponential(_ first: Double, times factor: Double, _ count: Int) -> [Double]
    {
        var bounds: [Double] = []
        var next = first
        for _ in 0..<count {
            bounds.append(next)
            next *= factor
        }
        return bounds
    }
}
