import Network
import Platform

extension ForwardEngine {
    /// Time has passed.
    mutating func advance(to now: MonotonicTime) {
        while let timer = timers.fire(now) {
            switch timer {
            case .question(let id): patienceEnded(id, at: now)
            case .idle(let socket): close(socket)
            case .probe(let upstream): probe(upstream, at: now)
            }
        }
    }

    private mutating func patienceEnded(_ id: QuestionID, at now: MonotonicTime) {
        guard let question = questions[id] else { return }
        questions[id]?.timer = nil
        if let last = question.tries.last, !last.hasFailed { blame(last, at: now) }
        if case .probe(let upstream) = question.purpose {
            return endFailedProbe(id, of: upstream, at: now)
        }
        if now >= question.deadline {
            guard let (reply, upstream) = question.lastResort else {
                return finish(id, with: .failure(.timedOut), at: now)
            }
            return answer(id, reply, from: upstream, at: now)
        }
        if question.sawOtherCase { questions[id]?.avoids0x20 = true }
        askNext(id, at: now)
    }

    /// A socket will bring nothing, or something that could be from anybody says so.
    mutating func failed(
        _ failure: SocketFailure, on socket: SocketID, at now: MonotonicTime
    ) {
        if connections[socket] != nil { return ended(socket, failure, at: now) }
        guard let id = datagrams[socket],
            let index = questions[id]?.tries.firstIndex(where: { $0.socket == socket })
        else { return }
        failed(failure, id, try: index, at: now)
    }

    /// Goes on to the next upstream at once; the socket stays, as the refusal may be a forgery.
    mutating func failed(
        _ failure: SocketFailure, _ id: QuestionID, try index: Int, at now: MonotonicTime
    ) {
        guard let attempt = questions[id]?.tries[index], !attempt.hasFailed else { return }
        questions[id]?.tries[index].hasFailed = true
        if failure == .refused { blame(attempt, at: now) }
        guard let question = questions[id], question.allHaveFailed else { return }
        if case .probe(let upstream) = question.purpose {
            return endFailedProbe(id, of: upstream, at: now)
        }
        if question.order.contains(where: { question.tries(of: $0) == 0 }) {
            askNext(id, at: now)
        } else {
            arm(id, at: min(now + Self.refusalPause, question.deadline))
        }
    }

    /// Between the refusals of all upstreams and another round.
    private static let refusalPause = Duration.milliseconds(100)

    private mutating func blame(_ attempt: UpstreamQuestion.Try, at now: MonotonicTime) {
        upstreams[attempt.upstream].failed(sentAt: attempt.sentAt)
        if let connection = connections[attempt.socket], connection.isSilent(since: attempt.sentAt)
        {
            retire(attempt.socket)
        }
        if upstreams[attempt.upstream].isSuspect, !upstreams[attempt.upstream].isProbed {
            probe(attempt.upstream, at: now)
        }
    }
}

extension ForwardEngine {
    /// Asks a server that failed whether it is well again, and so on until it is.
    private mutating func probe(_ upstream: Int, at now: MonotonicTime) {
        upstreams[upstream].isProbed = upstreams[upstream].isSuspect
        guard upstreams[upstream].isProbed else { return }
        let check = settings(of: upstream).healthCheck
        _ = timers.schedule(.probe(upstream: upstream), at: now + check.interval)
        let id = QuestionID(rawValue: nextNumber())
        let deadline = now + Self.probePatience
        questions[id] = UpstreamQuestion(
            lookup: Lookup(check.domain, .ns), purpose: .probe(upstream: upstream), began: now,
            deadline: deadline, order: [upstream])
        arm(id, at: deadline)
        ask(id, upstream, at: now)
    }

    private static let probePatience = Duration.seconds(1)

    private mutating func endFailedProbe(
        _ id: QuestionID, of upstream: Int, at now: MonotonicTime
    ) {
        act(.observe(.probeFailed(upstream: upstream)))
        finish(id, at: now)
    }
}
