import Testing

@testable import Support

@Suite("Histograms")
struct HistogramTests {
    @Test func `a measurement belongs to the first bound that it does not exceed`() {
        var histogram = Histogram([1, 2])
        for value in [0.5, 1, 1.5, 3] { histogram.add(value) }
        histogram.add(.milliseconds(2000))
        #expect(
            histogram.buckets == .init(bounds: [1, 2], counts: [2, 2], count: 5, sum: 8))
    }

    @Test func `bounds grow by a factor`() {
        #expect(Histogram.exponential(0.5, times: 2, 3) == [0.5, 1, 2])
    }
}
