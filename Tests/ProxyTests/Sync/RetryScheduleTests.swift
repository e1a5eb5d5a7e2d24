import Platform
import Testing

@testable import Proxy

@Suite struct `When failed changes are tried again` {
    private let start = MonotonicTime(nanoseconds: 0)

    @Test func `each failure doubles the wait up to the limit, and a success ends it`() {
        var schedule = RetrySchedule()
        var delays: [Duration] = []
        for _ in 0..<6 {
            schedule.finished(at: start, failed: true, limit: .seconds(1))
            if let due = schedule.due { delays.append(due - start) }
        }
        #expect(delays == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        schedule.finished(at: start, failed: false, limit: .seconds(1))
        #expect(schedule.due == nil)
        schedule.finished(at: start, failed: true, limit: .seconds(1))
        #expect(schedule.due == start + .milliseconds(100))
    }
}

@Suite struct `When tables are compared` {
    private let start = MonotonicTime(nanoseconds: 0)

    @Test func `a first suspicion is looked at at once, and not twice`() {
        var schedule = VerifySchedule()
        #expect(schedule.due == nil)
        schedule.suspect(at: start + .milliseconds(5))
        schedule.suspect(at: start + .milliseconds(9))
        #expect(schedule.due == start + .milliseconds(5))
        schedule.verified(
            from: start + .milliseconds(5), until: start + .milliseconds(6), repaired: false)
        #expect(schedule.due == nil)
    }

    @Test func `who tampers all the time is answered ever more slowly, until that ends`() {
        var schedule = VerifySchedule()
        var (now, times) = (start, [MonotonicTime]())
        while now < start + .seconds(60) {
            schedule.suspect(at: now)
            now = max(now, schedule.due ?? now)
            times.append(now)
            schedule.verified(from: now, until: now, repaired: true)
        }
        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
        #expect(gaps.first == .milliseconds(100) && gaps.last == .seconds(10))
        #expect(times.count < 14)
        schedule.verified(from: now, until: now, repaired: false)
        schedule.suspect(at: now)
        #expect(schedule.due == now + .milliseconds(50))
    }

    @Test func `who tampers again after a while is answered at once, and so the next time`() {
        var schedule = VerifySchedule()
        for minute in 1...5 {
            let now = start + .seconds(60 * minute)
            schedule.suspect(at: now)
            #expect(schedule.due == now)
            schedule.verified(from: now, until: now, repaired: true)
            schedule.suspect(at: now)
            #expect(schedule.due == now + .milliseconds(100))
            schedule.verified(from: now, until: now, repaired: false)
            schedule.suspect(at: now + .seconds(1))
            schedule.verified(
                from: now + .seconds(1), until: now + .seconds(1), repaired: true)
        }
    }

    @Test func `comparing takes at most half of the time`() {
        var schedule = VerifySchedule()
        schedule.verified(from: start, until: start + .seconds(3), repaired: false)
        schedule.suspect(at: start + .seconds(3))
        #expect(schedule.due == start + .seconds(6))
    }
}
