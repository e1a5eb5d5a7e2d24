package import Platform

/// Keeps the objects of a kind as the server has them: lists, then watches from there.
///
/// This is the protocol's logic alone: what happens comes in with its time, what is to be done goes
/// out. There is one request at a time, and a check beside a watch.
///
/// What it orders to be put and deleted never goes back in time: a watch's events come in the order
/// of their resource versions and each once; a list is committed only if it is no older than what was
/// seen, unless a consistent read says that the server's own history went back.
///
/// Whatever happens, it makes at most `requestsPerMinute` in any minute.
package struct ListWatch<Random: RandomNumberGenerator & Sendable>: Sendable {
    package let kind: Kind
    /// All but the latency, which only who makes the requests can know.
    package internal(set) var statistics = SourceStatistics.OfKind()
    /// When the server last said anything.
    package internal(set) var lastContact: MonotonicTime?
    /// Events that told what was known.
    package internal(set) var repeatedEvents = 0
    let options: ListWatchOptions
    var random: Random
    var phase = Phase.idle
    /// The last state that was seen.
    var version = ResourceVersion()
    /// Whether a complete list has been committed.
    var isSynced = false
    var listing = Listing()
    var streams = StreamSupport.untried
    /// Streams of events that could not be read, since the last event that could.
    var unreadableStreams = 0
    var backoff = Backoff()
    var requestLimit = RequestLimit(burst: 30, interval: .seconds(2))
    var pageLimit = RequestLimit(burst: 120, interval: .milliseconds(500))
    var check = DriftCheck()
    /// When the request was made or its answer last went on.
    var heard = MonotonicTime(nanoseconds: 0)
    var actions: [ListWatchAction] = []

    package init(_ kind: Kind, _ options: ListWatchOptions = ListWatchOptions(), random: Random) {
        self.kind = kind
        self.options = options
        self.random = random
    }
}

extension ListWatch {
    enum Phase: Hashable {
        case idle
        case waiting(until: MonotonicTime, then: Step)
        case requesting(Step)
        case reading(Step)
        case watching(since: MonotonicTime)
    }

    enum Step: Hashable {
        /// The beginning of a list.
        case list
        /// A further page.
        case page
        case watch
    }

    /// Whether the server can begin a watch with all objects.
    enum StreamSupport: Hashable {
        case untried
        case supported
        case unsupported
    }

    /// 60 of lists, watches and checks (30 at once, then one in 2 s), and 240 of further pages of
    /// lists (120 at once, which are 60,000 objects, then two a second).
    package static var requestsPerMinute: Int { 60 + 240 }

    /// When `time` is to be given, if nothing else comes before.
    package var deadline: MonotonicTime? {
        switch phase {
        case .idle: nil
        case .waiting(let until, _): until
        case .requesting, .reading: heard + ListWatchTimes.answer
        case .watching: min(heard + ListWatchTimes.silence, check.deadline ?? .distantFuture)
        }
    }

    package mutating func handle(
        _ input: ListWatchInput, at now: MonotonicTime
    ) -> [ListWatchAction] {
        actions.removeAll()
        switch input {
        case .start: if phase == .idle { go(.list, at: now) }
        case .stop: stop()
        case .time: passTime(at: now)
        case .checked(let version, let count): takeCheck(version, count, at: now)
        case .checkFailed: check.fail(at: now, using: &random)
        case .compared(let isEqual): judge(isEqual, at: now)
        default: hear(input, at: now)
        }
        return actions
    }

    /// Takes in what a request brings.
    private mutating func hear(_ input: ListWatchInput, at now: MonotonicTime) {
        heard = now
        if case .failed(let failure) = input { return breakOff("\(failure)", failure, at: now) }
        lastContact = now
        switch input {
        case .opened: open(at: now)
        case .refused(let refusal): refuse(refusal, at: now)
        case .item(let unreadable): takeItem(unreadable)
        case .page(let meta): listing.take(meta)
        case .event(let event): take(event, at: now)
        case .end: finishAnswer(at: now)
        default: break
        }
    }

    private mutating func stop() {
        if isRequesting { actions.append(.cancel) }
        endCheck()
        dropReplacement()
        phase = .idle
    }

    private var isRequesting: Bool {
        switch phase {
        case .idle, .waiting: false
        case .requesting, .reading, .watching: true
        }
    }

    private mutating func passTime(at now: MonotonicTime) {
        switch phase {
        case .idle: break
        case .waiting(let until, let step): if now >= until { go(step, at: now) }
        case .requesting, .reading:
            if now >= heard + ListWatchTimes.answer { expire(at: now) }
        case .watching:
            if now >= heard + ListWatchTimes.silence { return expire(at: now) }
            passCheckTime(at: now)
        }
    }

    /// Gives a silent answer up.
    private mutating func expire(at now: MonotonicTime) {
        actions.append(.abandon)
        breakOff("\(RequestFailure.timeout)", .timeout, at: now)
    }
}

/// How long is waited for what.
enum ListWatchTimes {
    /// For an answer to begin or a list to go on; a server's own limit for requests is 60 s.
    static let answer = Duration.seconds(70)
    /// For any event of a watch; bookmarks come about every minute.
    static let silence = Duration.seconds(90)
    /// A watch that lived so long was none that fails again and again.
    static let soundWatch = Backoff.longest
    /// Before the next try when only people can mend what is wrong.
    static let slow = Duration.seconds(60)
    static let absent = Duration.seconds(600)
    /// The longest that a server can send us away for.
    static let retryAfterLimit = Duration.seconds(300)
}

extension MonotonicTime {
    static var distantFuture: MonotonicTime { MonotonicTime(nanoseconds: .max) }
}
