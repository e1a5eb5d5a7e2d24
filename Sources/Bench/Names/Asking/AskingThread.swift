import DNS
import Platform

/// One thread's part of a load.
///
/// A question counts from when it was due, not from when it could be sent: while the server or this
/// thread stands still, those wait that would have been asked, and their waiting is seen.
struct AskingThread<Channel: AskingChannel>: ~Copyable {
    private let plan: AskingPlan
    private let questions: QuestionSet
    private var channels: [Channel] = []
    private var flights: [Flights] = []
    private var list = ReadinessList()
    private var next: Int
    private(set) var outcome = AskingOutcome()
    /// When answers came that are being read.
    private var arrival = MonotonicTime.now
    private var nextExpiry = MonotonicTime.now

    /// Opens the sockets in the calling thread's network; the first question is the one of a number.
    init(_ plan: AskingPlan, _ questions: QuestionSet, from first: Int) throws(PlatformError) {
        self.plan = plan
        self.questions = questions
        next = first % questions.count
        let capacity = plan.flightsOfSocket
        for _ in 0..<plan.sockets {
            let channel = try Channel(to: plan.target)
            channel.watch(in: &list)
            channels.append(channel)
            flights.append(Flights(capacity: capacity))
        }
    }
}

extension AskingThread {
    /// Asks from a time on, and waits for the last answers.
    mutating func run(from begin: MonotonicTime) throws(PlatformError) {
        sleep(for: begin - .now)
        arrival = .now
        let end = begin + plan.duration
        switch plan.pace {
        case .saturated(let outstanding): try saturate(outstanding, until: end)
        case .each(let outstanding):
            try saturate(outstanding, until: end, atMost: questions.count)
        case .paced(let rate): try pace(rate, from: begin, until: end)
        }
        try drain(until: .now + plan.patience)
    }

    private mutating func saturate(
        _ outstanding: Int, until end: MonotonicTime, atMost limit: Int = .max
    ) throws(PlatformError) {
        let window = max(outstanding / channels.count, 1)
        while arrival < end, outcome.sent < limit {
            for place in channels.indices { try fill(place, window, at: arrival, limit) }
            let ready = try list.wait(until: min(end, nextExpiry))
            if ready { try receive(until: end) } else { arrival = .now }
            expire()
        }
    }

    private mutating func fill(
        _ place: Int, _ window: Int, at now: MonotonicTime, _ limit: Int
    ) throws(PlatformError) {
        guard flights[place].count < window else { return }
        while flights[place].count < window, outcome.sent < limit { try ask(place, at: now) }
        try channels[place].flush()
    }

    private mutating func pace(
        _ rate: Double, from begin: MonotonicTime, until end: MonotonicTime
    ) throws(PlatformError) {
        var (asked, due) = (0, begin)
        while due < end {
            let now = MonotonicTime.now
            while due <= now, due < end {
                try ask(asked % channels.count, at: due)
                outcome.delays.record(UInt64((now - due).nanoseconds))
                asked += 1
                due = begin + .nanoseconds(Int64(Double(asked) * 1e9 / rate))
            }
            for channel in channels { try channel.flush() }
            if try list.wait(until: min(due, nextExpiry)) { try receive(until: end) }
            expire()
        }
    }

    private mutating func drain(until deadline: MonotonicTime) throws(PlatformError) {
        let end = MonotonicTime.now
        while flights.contains(where: { $0.count > 0 }), try list.wait(until: deadline) {
            try receive(until: end)
        }
        outcome.lost += flights.reduce(0) { $0 + $1.count }
    }
}

extension AskingThread {
    @inline(__always)
    private mutating func ask(_ place: Int, at due: MonotonicTime) throws(PlatformError) {
        outcome.sent += 1
        guard let id = flights[place].begin(next, at: due) else {
            // So many are without an answer that this one would have none either.
            outcome.lost += 1
            return
        }
        try channels[place].add(next, of: questions, id: id)
        next += 1
        if next == questions.count { next = 0 }
    }

    private mutating func receive(until end: MonotonicTime) throws(PlatformError) {
        for place in channels.indices where list.isReady(place) {
            let channel = channels[place]
            try channel.receive { answer, now in
                arrival = now
                take(answer, place, until: end)
            }
        }
    }

    @inline(__always)
    private mutating func take(_ answer: Span<UInt8>, _ place: Int, until end: MonotonicTime) {
        guard answer.count >= 2, let flight = flights[place].end(answer.bigEndian16(at: 0)) else {
            outcome.strays += 1
            return
        }
        outcome.note(
            questions.verdict(on: answer, to: flight.question), to: flight.question)
        outcome.latencies.record(UInt64(max(0, (arrival - flight.start).nanoseconds)))
        if arrival <= end { outcome.answeredInTime += 1 }
    }

    /// Gives up, now and then, what has waited too long.
    private mutating func expire() {
        guard arrival >= nextExpiry || MonotonicTime.now >= nextExpiry else { return }
        nextExpiry = .now + .milliseconds(20)
        let limit = MonotonicTime.now + (.zero - plan.patience)
        for place in flights.indices { outcome.lost += flights[place].expire(before: limit) }
    }
}

extension AskingPlan {
    /// As many as can be without an answer at a socket, with some to spare, as a power of two.
    fileprivate var flightsOfSocket: Int {
        let most =
            switch pace {
            case .saturated(let outstanding), .each(let outstanding): Double(outstanding)
            case .paced(let rate): rate * (patience / .seconds(1))
            }
        let wanted = min(Int(2 * most) / sockets + 64, 1 << 15)
        return 1 << (Int.bitWidth - (wanted - 1).leadingZeroBitCount)
    }
}
