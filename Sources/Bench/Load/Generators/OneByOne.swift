import Platform

/// Something that a client does and waits for within one call.
protocol Act: ~Copyable {
    /// Prepares it, calls `begin`, from which on it counts, and does it.
    mutating func perform(
        _ begin: () -> Start, _ tally: inout Tally
    ) throws(PlatformError)

    /// Takes what is late, as long as it has until then.
    mutating func finish(until deadline: MonotonicTime, _ tally: inout Tally) throws(PlatformError)
}

/// One after the other, by calls that wait: the least that there can be between client and kernel.
struct OneByOne<Work: Act & ~Copyable>: Generator, ~Copyable {
    private var work: Work
    private let perSecond: Double?

    init(_ work: consuming Work, perSecond: Double?) {
        self.work = work
        self.perSecond = perSecond
    }

    mutating func run(until end: MonotonicTime, _ tally: inout Tally) throws(PlatformError) {
        var pace = Pace(perSecond: perSecond, from: .now)
        while true {
            let due = pace.due
            if due >= end { break }
            if pace.isGiven, MonotonicTime.now > end + Pace.grace {
                tally.begin(pace.left(before: end))
                break
            }
            try work.perform({ pace.begin(due) }, &tally)
            pace.advance()
        }
        try work.finish(until: .now + Pace.grace, &tally)
    }
}
