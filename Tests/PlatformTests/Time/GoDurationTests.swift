import Testing

import Platform

@Suite struct `Durations of Go` {
    @Test(
        arguments: [
            ("0s", .zero), ("1ns", .nanoseconds(1)), ("1.5µs", .nanoseconds(1500)),
            ("100ms", .milliseconds(100)), ("1s", .seconds(1)),
            ("1.000000001s", .nanoseconds(1_000_000_001)),
            ("30s", .seconds(30)), ("1m0s", .seconds(60)), ("15m0s", .seconds(900)),
            ("24h0m0s", .seconds(86400)), ("1h0m0.25s", .milliseconds(3_600_250)),
            ("-1m30s", .seconds(-90)), ("2562047h47m16.854775807s", .nanoseconds(Int64.max)),
        ] as [(String, Duration)])
    func `are written as Go does, and read back`(text: String, duration: Duration) {
        #expect(duration.goText == text)
        #expect(Duration(goText: text) == duration)
    }

    @Test(
        arguments: [
            ("0", .zero), ("+5s", .seconds(5)), ("1h30m", .seconds(5400)), ("90m", .seconds(5400)),
            (".5s", .milliseconds(500)), ("1.s", .seconds(1)), ("1us", .nanoseconds(1000)),
            ("1μs", .nanoseconds(1000)), ("0.9999999999s", .nanoseconds(999_999_999)),
            ("1s1s", .seconds(2)), ("-0", .zero),
        ] as [(String, Duration)])
    func `have more forms than one`(text: String, duration: Duration) {
        #expect(Duration(goText: text) == duration)
    }

    @Test(arguments: [
        "", "-", "5", "s", ".s", "1d", "1 s", "1s ", "1.2.3s", "--1s", "1e3s", "00", "1h-1m",
        "2562048h", "9223372036854775808ns", "99999999999999999999h", "٣s",
    ])
    func `are nothing else`(text: String) {
        #expect(Duration(goText: text) == nil)
    }
}
