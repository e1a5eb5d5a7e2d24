import Network
import Platform

extension ForwardEngine {
    /// A datagram came on a socket of a question.
    mutating func received(
        _ bytes: [UInt8], from source: AddressAndPort, on socket: SocketID, at now: MonotonicTime
    ) {
        guard let id = datagrams[socket],
            let attempt = questions[id]?.tries.first(where: { $0.socket == socket }),
            upstreams[attempt.upstream].upstream.address == source
        else { return }
        received(bytes, for: id, attempt, at: now)
    }

    /// Something came where the reply to a try is awaited.
    mutating func received(
        _ bytes: [UInt8], for id: QuestionID, _ attempt: UpstreamQuestion.Try,
        at now: MonotonicTime
    ) {
        let verdict = attempt.query.verdict(on: bytes, isStream: attempt.isStream)
        if verdict == .ignore { return }
        if verdict != .otherCase { heard(attempt, at: now) }
        // Whatever the reply to a probe says, the server is there.
        if case .probe = questions[id]?.purpose { return finish(id, at: now) }
        switch verdict {
        case .ignore: break
        case .otherCase: takeOtherCase(id, attempt, at: now)
        case .refusesEDNS: askWithoutEDNS(id, attempt, at: now)
        case .truncated: askForWhole(id, attempt.upstream, at: now)
        case .answer(let message): take(message, for: id, attempt, at: now)
        }
    }

    private mutating func heard(_ attempt: UpstreamQuestion.Try, at now: MonotonicTime) {
        upstreams[attempt.upstream].heard(at: now)
        upstreams[attempt.upstream].measured(now - attempt.sentAt)
    }

    /// Nobody but the server itself can answer by TCP, so that decides whose the other case is.
    private mutating func takeOtherCase(
        _ id: QuestionID, _ attempt: UpstreamQuestion.Try, at now: MonotonicTime
    ) {
        guard questions[id]?.sawOtherCase == false else { return }
        questions[id]?.sawOtherCase = true
        ask(id, attempt.upstream, byStream: true, at: now)
    }

    private mutating func askWithoutEDNS(
        _ id: QuestionID, _ attempt: UpstreamQuestion.Try, at now: MonotonicTime
    ) {
        guard questions[id]?.avoidsEDNS == false else { return }
        questions[id]?.avoidsEDNS = true
        ask(id, attempt.upstream, byStream: attempt.isStream, at: now)
    }

    private mutating func askForWhole(
        _ id: QuestionID, _ upstream: Int, at now: MonotonicTime
    ) {
        let asked = questions[id]?.tries.contains { $0.upstream == upstream && $0.isStream }
        if asked == false { ask(id, upstream, byStream: true, at: now) }
    }

    private mutating func take(
        _ reply: Message, for id: QuestionID, _ attempt: UpstreamQuestion.Try,
        at now: MonotonicTime
    ) {
        let isOtherCase =
            attempt.query.hasRandomCase
            ? !attempt.query.keepsCase(reply) : questions[id]?.sawOtherCase == true
        if isOtherCase { upstreams[attempt.upstream].keepsCase = false }
        act(
            .observe(
                .answered(
                    upstream: attempt.upstream, reply.responseCode, now - attempt.sentAt)))
        guard settings(of: attempt.upstream).failover.contains(reply.responseCode) else {
            return answer(id, reply, from: attempt.upstream, at: now)
        }
        failOver(id, reply, attempt, at: now)
    }

    /// Keeps a reply of a kind that the next upstream may better, and asks that one.
    private mutating func failOver(
        _ id: QuestionID, _ reply: Message, _ attempt: UpstreamQuestion.Try,
        at now: MonotonicTime
    ) {
        guard let index = questions[id]?.index(ofTryOn: attempt.socket, id: attempt.id) else {
            return
        }
        questions[id]?.lastResort = (reply, attempt.upstream)
        questions[id]?.tries[index].hasFailed = true
        if questions[id]?.allHaveFailed == true || questions[id]?.hasAskedAll == false {
            askNext(id, at: now)
        }
    }

    mutating func answer(
        _ id: QuestionID, _ reply: Message, from upstream: Int, at now: MonotonicTime
    ) {
        guard let lookup = questions[id]?.lookup else { return }
        guard let clean = Sanitizer.clean(reply, for: lookup) else {
            return finish(id, with: .failure(.badAnswer), at: now)
        }
        let source = upstreams[upstream].upstream.address
        finish(id, with: .answer(clean, from: source), at: now)
    }
}
