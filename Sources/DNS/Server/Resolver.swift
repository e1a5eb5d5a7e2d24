import Platform

/// Gets answers from upstream servers for questions that wait, and keeps them.
package final class Resolver: Sendable {
    private let forwarder: Forwarder
    /// For each pool, the replies with which the next is asked.
    private let next: [NextRule]
    private let caches: [ResolverCache]
    private let loops: LoopWatch
    private let failed: @Sendable (PendingQuestion, ForwardFailure) -> Void

    package init(
        _ pools: [ForwardSettings], caches: [ResolverCache], loops: LoopWatch,
        failed: @escaping @Sendable (PendingQuestion, ForwardFailure) -> Void = { _, _ in }
    ) throws(DNSError) {
        forwarder = try Forwarder(pools)
        next = pools.map { NextRule(codes: $0.next, takesNoData: $0.nextOnNoData) }
        self.caches = caches
        self.loops = loops
        self.failed = failed
    }

    package var statistics: ForwardStatistics { forwarder.statistics }

    package func stop() { forwarder.stop() }
}

extension Resolver {
    package func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {
        guard let asked = AskedMessage(question) else { return }
        // The name an alias leads to may be known.
        if !question.aliases.isEmpty, let known = cached(asked, acceptsStale: false) {
            return conclude(question, asked.reply(known), place)
        }
        ask(asked, question.pools[...]) { [self] resolution in
            conclude(question, reply(asked, resolution), place)
        }
    }

    /// Sends a question through a pool, even if that leads back to us.
    func probe(_ lookup: Lookup, through pool: Int, done: @escaping @Sendable () -> Void) {
        forwarder.resolve(lookup, through: pool) { _ in done() }
    }

    /// Replies, or goes on to the next name while this does not exist, or nobody knows.
    private func conclude(
        _ question: PendingQuestion, _ reply: [UInt8], _ place: any ReplyPlace
    ) {
        let (code, former) = (reply.responseCode, question.lastResort)
        guard code == .nameError || code == .serverFailure else { return place.reply(reply) }
        // A name that may exist after all is not to be said not to.
        let isBetter = former.responseCode == .nameError && code == .serverFailure
        let resort = former.isEmpty || isBetter ? reply : former
        guard var next = question.alternatives.first else { return place.reply(resort) }
        next.alternatives = Array(question.alternatives.dropFirst())
        next.lastResort = resort
        take(next, replyTo: place)
    }

    package func refresh(_ question: PendingQuestion) {
        guard let asked = AskedMessage(question) else { return }
        ask(asked, question.pools[...]) { [self] resolution in
            _ = reply(asked, resolution)
        }
    }

    /// Asks one pool after the other while they leave it to the next.
    private func ask(
        _ asked: AskedMessage, _ pools: ArraySlice<Int>,
        _ done: @escaping @Sendable (Resolution) -> Void
    ) {
        guard let pool = pools.first else { return done(.failure(.noReachableUpstream)) }
        if loops.isLooping(pool) { return done(.failure(.noReachableUpstream)) }
        forwarder.resolve(asked.lookup, through: pool) { [self] resolution in
            if case .answer(let message, _) = resolution, pools.count > 1,
                next[pool].covers(message)
            {
                ask(asked, pools.dropFirst(), done)
            } else {
                done(resolution)
            }
        }
    }

    private func reply(_ asked: AskedMessage, _ resolution: Resolution) -> [UInt8] {
        let cache = asked.question.cache.map { caches[$0] }
        let now = MonotonicTime.now.seconds
        switch resolution {
        case .answer(let message, _):
            return asked.reply(cache?.keep(message, asked, at: now) ?? message)
        case .failure(let failure):
            failed(asked.question, failure)
            cache?.keep(failure, asked, at: now)
            if failure != .tooManyQuestions, let old = cached(asked, acceptsStale: true) {
                return asked.reply(old, reason: .staleAnswer)
            }
            return asked.reply(
                failure.responseCode,
                failure.extendedError.map(ExtendedError.init(rawValue:)))
        }
    }

    private func cached(_ asked: AskedMessage, acceptsStale: Bool) -> Message? {
        guard let number = asked.question.cache else { return nil }
        return caches[number].answer(
            asked, at: MonotonicTime.now.seconds, acceptsStale: acceptsStale)
    }
}

/// Which replies of a pool are left to the next.
private struct NextRule {
    let codes: Set<ResponseCode>
    let takesNoData: Bool

    func covers(_ reply: Message) -> Bool {
        codes.contains(reply.responseCode)
            || takesNoData && reply.responseCode == .noError && reply.answers.isEmpty
    }
}
