import Platform

/// One of many that are under way at once.
protocol Member: AnyObject {
    /// Gets ready to be one of a loop's.
    func enter(_ loop: borrowing EventLoop<Slot>, as slot: Slot) throws(PlatformError)

    /// Begins; false means that it has ended already.
    func begin(
        _ start: Start, _ loop: borrowing EventLoop<Slot>, as slot: Slot, _ tally: inout Tally
    ) throws(PlatformError) -> Bool

    /// Goes on after something came; false means that it has ended.
    func proceed(
        _ loop: borrowing EventLoop<Slot>, as slot: Slot, _ tally: inout Tally
    ) throws(PlatformError) -> Bool

    /// Waits no longer.
    func giveUp(_ loop: borrowing EventLoop<Slot>, as slot: Slot) throws(PlatformError)
}

/// A member's number.
struct Slot: RawRepresentable<UInt64>, Hashable, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(_ index: Int) { rawValue = UInt64(index) }

    var index: Int { Int(rawValue) }
}

/// Many at once, on one thread.
struct Crowd<One: Member>: Generator, ~Copyable {
    private let members: [One]
    private let patience: Duration
    private let perSecond: Double?
    private var loop: EventLoop<Slot>
    /// When those that are under way began; nil for those that are not.
    private var begun: [MonotonicTime?]
    private var busy = 0
    private var next = 0
    private var events: [Event<Slot>] = []

    init(
        _ members: [One], patience: Duration, perSecond: Double?
    ) throws(PlatformError) {
        let loop = try EventLoop<Slot>()
        for (index, member) in members.enumerated() { try member.enter(loop, as: Slot(index)) }
        self.members = members
        self.patience = patience
        self.perSecond = perSecond
        self.loop = loop
        begun = Array(repeating: nil, count: members.count)
        events.reserveCapacity(Self.mostEvents)
    }

    /// As many as the loop reports at once.
    private static var mostEvents: Int { 64 }
}

extension Crowd {
    mutating func run(until end: MonotonicTime, _ tally: inout Tally) throws(PlatformError) {
        var pace = Pace(perSecond: perSecond, from: .now)
        var inspection = MonotonicTime.now + patience
        while true {
            try beginDue(&pace, before: end, &tally)
            let now = MonotonicTime.now
            if now > end + Pace.grace { return tally.begin(pace.left(before: end)) }
            if pace.due >= end, tally.done == tally.begun { return }
            try wait(until: pace.isGiven && pace.due < end ? pace.due : inspection, &tally)
            if now > inspection {
                try giveUpLate(now)
                inspection = now + patience
            }
        }
    }

    /// Begins what is due, as long as somebody is free for it.
    private mutating func beginDue(
        _ pace: inout Pace, before end: MonotonicTime, _ tally: inout Tally
    ) throws(PlatformError) {
        while busy < members.count {
            let (due, now) = (pace.due, MonotonicTime.now)
            guard due < end, due <= now else { return }
            try begin(Start(counted: pace.isGiven ? due : now, actual: now), &tally)
            pace.advance()
        }
    }

    private mutating func begin(_ start: Start, _ tally: inout Tally) throws(PlatformError) {
        while begun[next] != nil { advance() }
        tally.begin()
        do throws(PlatformError) {
            let goesOn = try members[next].begin(start, loop, as: Slot(next), &tally)
            if goesOn {
                begun[next] = start.actual
                busy += 1
            }
        } catch {
            try tally.note(error)
        }
        advance()
    }

    private mutating func advance() { next = next + 1 == members.count ? 0 : next + 1 }
}

extension Crowd {
    /// Lets those go on to whom something came.
    private mutating func wait(
        until deadline: MonotonicTime, _ tally: inout Tally
    ) throws(PlatformError) {
        // The loop counts in milliseconds and comes late rather than early: the last one is spun.
        let isSoon = deadline - .now < Self.step * 2
        try loop.wait(into: &events, until: isSoon ? .now : deadline + (.zero - Self.step))
        for index in events.indices {
            if case .ready(let slot, _) = events[index] { try proceed(slot, &tally) }
        }
    }

    private static var step: Duration { .milliseconds(1) }

    private mutating func proceed(_ slot: Slot, _ tally: inout Tally) throws(PlatformError) {
        do throws(PlatformError) {
            if try members[slot.index].proceed(loop, as: slot, &tally) { return }
        } catch {
            try tally.note(error)
        }
        end(slot)
    }

    private mutating func giveUpLate(_ now: MonotonicTime) throws(PlatformError) {
        for index in begun.indices {
            guard let start = begun[index], now - start > patience else { continue }
            try members[index].giveUp(loop, as: Slot(index))
            end(Slot(index))
        }
    }

    private mutating func end(_ slot: Slot) {
        guard begun[slot.index] != nil else { return }
        begun[slot.index] = nil
        busy -= 1
    }
}
