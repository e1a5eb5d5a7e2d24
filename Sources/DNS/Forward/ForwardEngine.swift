import Network
import Platform

/// Asks upstream servers: takes what happens, says what is to be done; has no socket and no clock.
///
/// A question goes from one server to the next as each one's patience ends, while replies of those
/// asked before are still taken. It ends in time for its asker to hear of the failure.
struct ForwardEngine: Sendable {
    private(set) var pools: [Pool]
    var upstreams: [UpstreamState] = []
    var questions: [QuestionID: UpstreamQuestion] = [:]
    var connections: [SocketID: UpstreamConnection] = [:]
    /// Whose each open UDP socket is.
    var datagrams: [SocketID: QuestionID] = [:]
    var timers = TimerQueue<ForwardTimer>()
    var random: any RandomNumberGenerator & Sendable
    private var underWay: [QuestionKey: QuestionID] = [:]
    private var actions: [ForwardAction] = []
    private var lastNumber: UInt64 = 0

    struct Pool: Sendable {
        let settings: ForwardSettings
        let upstreams: Range<Int>
        /// Where the next round begins.
        var turn = 0
        var questions = 0
    }

    init(_ pools: [ForwardSettings], random: any RandomNumberGenerator & Sendable) {
        self.random = random
        self.pools = []
        for (number, settings) in pools.enumerated() {
            let first = upstreams.count
            upstreams += settings.upstreams.map {
                UpstreamState($0, pool: number, maxFails: settings.maxFails)
            }
            self.pools.append(Pool(settings: settings, upstreams: first..<upstreams.count))
        }
    }
}

extension ForwardEngine {
    /// A question ends so long after it came; its asker may give up after two seconds.
    static let budget = Duration.milliseconds(1800)
    /// So many may wait for one reply; who comes later is turned away.
    static let mostWaiters = 1000

    /// When something is to be done even if nothing happens.
    var deadline: MonotonicTime? { timers.next }

    func settings(of upstream: Int) -> ForwardSettings { pools[upstreams[upstream].pool].settings }

    mutating func act(_ action: ForwardAction) { actions.append(action) }

    /// Hands over what is to be done, in order.
    mutating func takeActions() -> [ForwardAction] {
        defer { actions = [] }
        return actions
    }

    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}

extension ForwardEngine {
    /// Somebody asks.
    mutating func ask(
        _ lookup: Lookup, through pool: Int, for waiter: Waiter, at now: MonotonicTime
    ) {
        let key = QuestionKey(lookup: lookup, pool: pool)
        if let id = underWay[key] { return join(id, waiter) }
        guard pools[pool].questions < pools[pool].settings.maxConcurrent else {
            act(.observe(.rejected(pool: pool)))
            return act(.complete([waiter], .failure(.tooManyQuestions)))
        }
        if pools[pool].upstreams.allSatisfy({ upstreams[$0].isDown }) {
            act(.observe(.allDown(pool: pool)))
            if pools[pool].settings.failsFast || pools[pool].upstreams.isEmpty {
                return act(.complete([waiter], .failure(.noReachableUpstream)))
            }
        }
        let id = QuestionID(rawValue: nextNumber())
        underWay[key] = id
        pools[pool].questions += 1
        var question = UpstreamQuestion(
            lookup: lookup, purpose: .lookup(pool: pool), began: now,
            deadline: now + Self.budget, order: order(in: pool))
        question.waiters = [waiter]
        questions[id] = question
        askNext(id, at: now)
    }

    private mutating func join(_ id: QuestionID, _ waiter: Waiter) {
        guard let count = questions[id]?.waiters.count, count < Self.mostWaiters else {
            return act(.complete([waiter], .failure(.tooManyQuestions)))
        }
        questions[id]?.waiters.append(waiter)
    }

    private mutating func order(in pool: Int) -> [Int] {
        let members = Array(pools[pool].upstreams)
        switch pools[pool].settings.policy {
        case .sequential: return members
        case .random: return shuffled(members)
        case .roundRobin:
            let first = pools[pool].turn
            pools[pool].turn = (first + 1) % members.count
            return Array(members[first...] + members[..<first])
        }
    }

    private mutating func shuffled(_ members: [Int]) -> [Int] {
        var members = members
        for index in members.indices.dropLast() {
            let left = UInt64(members.count - index)
            members.swapAt(index, index + Int(random.next(upperBound: left)))
        }
        return members
    }

    /// Ends a question with what is to be said of it.
    mutating func finish(_ id: QuestionID, with resolution: Resolution, at now: MonotonicTime) {
        guard let question = questions[id] else { return }
        finish(id, at: now)
        act(.complete(question.waiters, resolution))
    }

    /// Ends a question: nothing of it is left but the connections it used.
    mutating func finish(_ id: QuestionID, at now: MonotonicTime) {
        guard let question = questions.removeValue(forKey: id) else { return }
        if let timer = question.timer { timers.cancel(timer) }
        for attempt in question.tries { release(attempt, at: now) }
        guard case .lookup(let pool) = question.purpose else { return }
        underWay[QuestionKey(lookup: question.lookup, pool: pool)] = nil
        pools[pool].questions -= 1
    }

    private mutating func release(_ attempt: UpstreamQuestion.Try, at now: MonotonicTime) {
        if attempt.isStream { return leave(attempt.socket, id: attempt.id, at: now) }
        if datagrams.removeValue(forKey: attempt.socket) != nil { act(.close(attempt.socket)) }
    }
}
