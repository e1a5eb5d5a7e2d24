import Network
import Platform

extension ForwardEngine {
    /// Asks the upstream whose turn it is; when there is none, waits or gives up.
    mutating func askNext(_ id: QuestionID, at now: MonotonicTime) {
        guard let question = questions[id] else { return }
        if let (reply, upstream) = question.lastResort, question.hasAskedAll {
            return answer(id, reply, from: upstream, at: now)
        }
        if let upstream = candidate(for: question) {
            return ask(id, upstream, at: now)
        }
        if question.allHaveFailed {
            return finish(id, with: .failure(.refused), at: now)
        }
        arm(id, at: question.deadline)
    }

    /// The upstream asked least; one that is down counts as asked once more, and one that refused
    /// twice is not asked again.
    private func candidate(for question: UpstreamQuestion) -> Int? {
        let most = question.order.first.map { settings(of: $0).mostTries } ?? 0
        guard question.tries.count < most else { return nil }
        let open = question.order.filter { question.failures(of: $0) < Self.mostRefusals }
        let ranked = open.map { ($0, question.tries(of: $0) + (upstreams[$0].isDown ? 1 : 0)) }
        guard let least = ranked.map(\.1).min() else { return nil }
        let best = ranked.filter { $0.1 == least }.map(\.0)
        return best.first { !upstreams[$0].isDown } ?? best.first
    }

    private static let mostRefusals = 2

    /// Asks an upstream in the way that its transport and what is known of it suggest.
    mutating func ask(
        _ id: QuestionID, _ upstream: Int, byStream: Bool = false, onFreshConnection: Bool = false,
        at now: MonotonicTime
    ) {
        guard let question = questions[id],
            question.tries.count < UpstreamQuestion.mostTries
        else { return arm(id, at: questions[id]?.deadline ?? now) }
        let patience = min(
            upstreams[upstream].patience(afterTries: question.tries(of: upstream)),
            settings(of: upstream).readTimeout)
        let isStream =
            byStream || upstreams[upstream].upstream.transport != .udp
            || settings(of: upstream).forcesTCP
        if isStream {
            askByStream(id, upstream, fresh: onFreshConnection, at: now)
        } else {
            askByDatagram(id, upstream, at: now)
        }
        if case .lookup = question.purpose { arm(id, at: min(now + patience, question.deadline)) }
    }

    private mutating func askByDatagram(
        _ id: QuestionID, _ upstream: Int, at now: MonotonicTime
    ) {
        guard let question = questions[id] else { return }
        let query = query(question, upstream, id: UInt16(truncatingIfNeeded: random.next()))
        let socket = SocketID(rawValue: nextNumber())
        datagrams[socket] = id
        act(.ask(socket, upstreams[upstream].upstream.address, query.bytes))
        questions[id]?.tries.append(
            .init(
                upstream: upstream, socket: socket, id: query.id, sentAt: now, isStream: false,
                query: query))
    }

    mutating func query(
        _ question: UpstreamQuestion, _ upstream: Int, id: UInt16
    ) -> SentQuery {
        let settings = settings(of: upstream)
        if case .probe = question.purpose {
            return SentQuery(
                question.lookup, id: id, hasEDNS: false,
                wantsRecursion: settings.healthCheck.wantsRecursion)
        }
        let randomises =
            settings.uses0x20 && upstreams[upstream].keepsCase && !question.avoids0x20
        return SentQuery(
            question.lookup, id: id, hasEDNS: !question.avoidsEDNS,
            randomCase: randomises ? random.next() : nil,
            moreCase: randomises ? random.next() : 0)
    }

    /// Sets when a question is looked at again.
    mutating func arm(_ id: QuestionID, at deadline: MonotonicTime) {
        if let timer = questions[id]?.timer { timers.cancel(timer) }
        questions[id]?.timer = timers.schedule(.question(id), at: deadline)
    }
}
