import Testing

@testable import Platform

struct `A timer queue` {
    private func time(_ nanoseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds)
    }

    @Test func `fires in the order of deadlines, and not before`() {
        var queue = TimerQueue<String>()
        _ = queue.schedule("late", at: time(20))
        _ = queue.schedule("early", at: time(10))
        #expect(queue.next == time(10))
        #expect(queue.fire(time(9)) == nil)
        #expect(queue.fire(time(10)) == "early")
        #expect(queue.fire(time(19)) == nil)
        #expect(queue.fire(time(.max)) == "late")
        #expect(queue.fire(time(.max)) == nil)
    }

    @Test func `a timer taken back does not fire, and only once can be`() {
        var queue = TimerQueue<String>()
        let first = queue.schedule("first", at: time(1))
        _ = queue.schedule("second", at: time(2))
        #expect(queue.cancel(first) == "first")
        #expect(queue.cancel(first) == nil)
        #expect(queue.fire(time(9)) == "second")
        #expect(queue.next == nil)
    }

    @Test func `the name of a fired timer cannot cancel a later one`() {
        var queue = TimerQueue<String>()
        let fired = queue.schedule("fired", at: time(1))
        _ = queue.fire(time(1))
        _ = queue.schedule("other", at: time(1))
        #expect(queue.cancel(fired) == nil)
        #expect(queue.count == 1)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `agrees with a sorted list, whatever is scheduled and cancelled`(seed: UInt64) {
        var random = RandomSequence(state: seed)
        var queue = TimerQueue<Int>()
        var model: [(id: TimerQueue<Int>.ID, deadline: Int64, payload: Int)] = []
        for payload in 0..<400 {
            let deadline = Int64.random(in: 0..<50, using: &random)
            model.append((queue.schedule(payload, at: time(deadline)), deadline, payload))
            if payload % 3 == 0, let victim = model.indices.randomElement(using: &random) {
                let removed = model.remove(at: victim)
                #expect(queue.cancel(removed.id) == removed.payload)
            }
        }
        var fired: [Int64] = []
        while let payload = queue.fire(time(.max)) {
            fired += model.filter { $0.payload == payload }.map(\.deadline)
        }
        #expect(fired == model.map(\.deadline).sorted())
    }
}

/// The same numbers for the same start (SplitMix64).
private struct RandomSequence: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
