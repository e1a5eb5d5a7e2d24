extension Answerer {
    /// Goes where a CNAME leads, as far as it is a name of the cluster.
    mutating func follow(
        _ target: DomainName, _ cluster: ClusterZone, _ block: ServedBlock,
        _ message: Span<UInt8>, _ client: Client, into reply: inout ReplyWriter
    ) -> Disposition {
        var target = target
        for _ in 0..<Self.longestChain {
            // What does not fit cannot be pointed to; the client comes back by TCP.
            if reply.flags.contains(.truncated) { return .reply(0) }
            let start = reply.count - target.wire.count
            reply.owner = 0xc000 | UInt16(truncatingIfNeeded: start)
            aliased.assign(target)
            guard let place = cluster.place(of: aliased) else {
                return leave(target, block, message, client, into: &reply)
            }
            let outcome = cluster.answer(
                aliased, query.type, at: place, rotation: rotation, into: &reply)
            if case .alias(let next) = outcome {
                target = next
                continue
            }
            settle(
                outcome, cluster, place, zoneAt: start + zoneStart(aliased, cluster, place),
                into: &reply)
            return .reply(0)
        }
        // A circle, or as good as one (X11).
        reply.cut(to: query.questionEnd, answers: 0)
        reply.code = .serverFailure
        reply.reason = .invalidData
        return .reply(0)
    }

    /// As many aliases are followed, one after the other.
    static var longestChain: Int { 8 }

    /// An alias leads out of the cluster: who knows must be asked.
    func leave(
        _ target: DomainName, _ block: ServedBlock, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        guard let path = block.upstream ?? block.upstreamBehindFiles else { return .reply(0) }
        // The records so far are read back: this is no way that has to be fast.
        let written = reply.written
        var aliases: [Record] = []
        var offset = query.questionEnd
        for _ in 0..<reply.answerCount {
            guard let head = RecordHead(written, at: offset),
                let (owner, _) = written.name(at: offset)
            else { break }
            aliases.append(
                Record(owner, head.type, ttl: head.ttl, data: written.octets(head.data)))
            offset = head.end
        }
        return .later(
            PendingQuestion(
                message: message.octets, client: client, aliases: aliases, lookup: target,
                type: query.type, resolver: catalog.resolver, pools: path.pools(for: target),
                cache: path.cache(for: aliased), limit: reply.limit))
    }

    /// Says that there is no answer, why, and for how long.
    func settle(
        _ outcome: ZoneOutcome, _ cluster: ClusterZone, _ place: ClusterZone.Place,
        zoneAt offset: Int, into reply: inout ReplyWriter
    ) {
        switch outcome {
        case .answered, .alias: return
        case .noSuchName(let reason):
            reply.code = .nameError
            reply.reason = reason
        case .notReady:
            reply.code = .serverFailure
            reply.reason = .notReady
            reply.flags.remove(.authoritative)
        case .noData: break
        }
        cluster.deny(place, into: &reply, owner: 0xc000 | UInt16(truncatingIfNeeded: offset))
    }

    /// Where the zone's labels begin in a name.
    func zoneStart(
        _ name: borrowing QuestionName, _ cluster: ClusterZone, _ place: ClusterZone.Place
    ) -> Int {
        name.start(of: name.labelCount - cluster.suffix(place).zone.labelCount)
    }
}
