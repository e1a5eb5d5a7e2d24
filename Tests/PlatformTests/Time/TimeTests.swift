import Testing

@testable import Platform

struct `Time` {
    @Test func `goes on while we sleep`() {
        let start = MonotonicTime.now
        sleep(for: .milliseconds(5))
        #expect(MonotonicTime.now - start >= .milliseconds(5))
    }

    @Test func `boot time is no less than monotonic time, and the day's is far beyond`() {
        let monotonic = MonotonicTime.now
        #expect(BootTime.now.nanoseconds >= monotonic.nanoseconds)
        // 2020-01-01, which no machine's uptime reaches.
        #expect(WallTime.now > WallTime(nanoseconds: 1_577_836_800 * nanosecondsPerSecond))
    }

    @Test func `a duration beyond counting ends at the clock's end`() {
        #expect(MonotonicTime.now + .seconds(Int64.max) == MonotonicTime(nanoseconds: .max))
        let early = MonotonicTime(nanoseconds: -5) + .seconds(Int64.min)
        #expect(early == MonotonicTime(nanoseconds: .min))
    }
}
