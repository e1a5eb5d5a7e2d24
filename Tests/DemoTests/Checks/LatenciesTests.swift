import Testing

@testable import Demo

struct LatenciesTests {
    @Test(arguments: [(1, 1), (50, 50), (99, 99), (100, 100)])
    func `percentiles are those of the nearest rank`(percent: Int, expected: Int) {
        let latencies = Latencies((1...100).reversed().map { .microseconds($0) })
        #expect(latencies.percentile(percent) == .microseconds(expected))
    }

    @Test func `few have their greatest as the last percentiles`() {
        let latencies = Latencies([.milliseconds(3), .microseconds(20), .milliseconds(1)])
        #expect("\(latencies)" == "p50 1.0 ms, p99 3.0 ms")
        #expect(Latencies([]).percentile(50) == .zero)
    }

    @Test(arguments: [
        (Duration.microseconds(85), "85 µs"), (.microseconds(1250), "1.2 ms"),
        (.milliseconds(340), "340 ms"), (.milliseconds(2500), "2.5 s"),
    ])
    func `durations have few digits`(duration: Duration, words: String) {
        #expect(duration.words == words)
    }
}
