import Platform
import Testing

@testable import Proxy

@Suite struct `When changes are applied` {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000)

    private func time(_ milliseconds: Int) -> MonotonicTime {
        start + .milliseconds(milliseconds)
    }

    @Test func `nothing is due while nothing changes, and a change at once`() {
        var schedule = SyncSchedule(minDelay: .zero, maxDelay: .milliseconds(100))
        #expect(schedule.due == nil)
        schedule.changed(at: time(5))
        schedule.changed(at: time(7))
        #expect(schedule.due == time(5))
        schedule.synced(from: time(7), until: time(8))
        #expect(schedule.due == nil)
    }

    @Test func `a few changes in short order do not wait`() {
        var schedule = SyncSchedule(minDelay: .zero, maxDelay: .milliseconds(100))
        for turn in 0..<9 {
            schedule.changed(at: time(turn))
            #expect(schedule.due == time(turn))
            schedule.synced(from: time(turn), until: time(turn + 1))
        }
    }

    @Test func `in a storm half of the time is left to others`() {
        var schedule = SyncSchedule(minDelay: .zero, maxDelay: .milliseconds(100))
        var (now, busy) = (0, 0)
        while now < 10_000 {
            schedule.changed(at: time(now))
            let due = schedule.due ?? time(now)
            now = max(now, Int((due - start) / .milliseconds(1)))
            schedule.synced(from: time(now), until: time(now + 10))
            now += 10
            busy += 10
        }
        #expect((4500...5600).contains(busy))
    }

    @Test func `no change waits longer than the limit`() {
        var schedule = SyncSchedule(minDelay: .milliseconds(5), maxDelay: .milliseconds(100))
        schedule.changed(at: time(0))
        #expect(schedule.due == time(5))
        schedule.synced(from: time(5), until: time(3000))
        schedule.changed(at: time(3001))
        #expect(schedule.due == time(3100))
    }
}
