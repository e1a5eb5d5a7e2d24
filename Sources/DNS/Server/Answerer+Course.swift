import Network

/// The way of a question through what a server has.
extension Answerer {
    /// Puts the answer into the reply, or says what else is to be done.
    mutating func take(
        _ block: ServedBlock?, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        if let edns = query.edns, edns.version != 0 {
            reply.code = .badVersion
            return .reply(0)
        }
        guard let block else { return refuse(nil, into: &reply) }
        if query.recordClass != .internet {
            if query.recordClass == .chaos, let chaos = block.chaos,
                chaos.answer(name, query.type, into: &reply)
            {
                return .reply(0)
            }
            return refuse(.notSupported, into: &reply)
        }
        if query.type.isTransfer { return refuse(nil, into: &reply) }
        if let access = block.access {
            switch access.verdict(client.address, name, query.type) {
            case .allow: break
            case .block: return refuse(.prohibited, into: &reply)
            case .filter: return .reply(0)
            case .drop: return .drop
            }
        }
        return answerInternet(block, message, client, into: &reply)
    }

    private func refuse(_ reason: ExtendedError?, into reply: inout ReplyWriter) -> Disposition {
        reply.code = .refused
        reply.reason = reason
        return .reply(0)
    }

    private mutating func answerInternet(
        _ block: ServedBlock, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        if block.recurses { reply.flags.insert(.recursionAvailable) }
        if let cluster = block.cluster, let place = cluster.place(of: name) {
            return answerCluster(cluster, place, block, message, client, into: &reply)
        }
        if query.type == .any, block.putsOffAny {
            putOff(into: &reply)
            return .reply(0)
        }
        return answerElsewhere(block, message, client, into: &reply)
    }

    /// Answers from what is kept, or says who is to be asked.
    private mutating func answerElsewhere(
        _ block: ServedBlock, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        guard let path = block.upstream else {
            guard let files = block.detour?.files else {
                return refuse(.notAuthoritative, into: &reply)
            }
            return answerFromFiles(files, block, message, client, into: &reply)
        }
        return answer(along: path, block, message, client, into: &reply)
    }

    /// Goes on behind the zones of files.
    mutating func pass(
        on block: ServedBlock, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        guard let path = block.upstreamBehindFiles else {
            return refuse(.notAuthoritative, into: &reply)
        }
        return answer(along: path, block, message, client, into: &reply)
    }

    @inline(__always)
    private mutating func answer(
        along path: UpstreamPath, _ block: ServedBlock, _ message: Span<UInt8>,
        _ client: Client, into reply: inout ReplyWriter
    ) -> Disposition {
        guard query.flags.contains(.recursionDesired) || path.cache != nil else {
            return refuse(.notAuthoritative, into: &reply)
        }
        let cache = path.cache(for: name)
        if let cache, let hit = look(cache, block, into: &reply) {
            guard hit.wantsRefresh else { return .reply(0) }
            let question = pending(message, client, reply.limit, path, cache)
            return .replyAndRefresh(0, question)
        }
        if SpecialNames.answer(name, query.type, into: &reply) { return .reply(0) }
        if query.type.isMeta { return notImplemented(into: &reply) }
        return .later(pending(message, client, reply.limit, path, cache))
    }

    @inline(__always)
    private mutating func look(
        _ cache: Int, _ block: ServedBlock, into reply: inout ReplyWriter
    ) -> CacheHit? {
        if block.rotates { rotate() }
        let hit = reply.fill { room, place in
            caches[cache].answer(
                query, name, at: uptime, rotation: rotation, into: &room, in: place)
        }
        counts.countCache(hit, block.counted)
        if hit != nil { source = .cache }
        return hit
    }

    private func notImplemented(into reply: inout ReplyWriter) -> Disposition {
        reply.code = .notImplemented
        return .reply(0)
    }

    private mutating func answerCluster(
        _ cluster: ClusterZone, _ place: ClusterZone.Place, _ block: ServedBlock,
        _ message: Span<UInt8>, _ client: Client, into reply: inout ReplyWriter
    ) -> Disposition {
        if block.rotates { rotate() }
        let outcome = cluster.answer(name, query.type, at: place, rotation: rotation, into: &reply)
        if case .noSuchName = outcome, block.goesOn, cluster.fallsThrough(name) {
            return answerElsewhere(block, message, client, into: &reply)
        }
        source = .kubernetes
        reply.flags.insert(.authoritative)
        switch outcome {
        case .answered: break
        case .noData where query.type == .any: putOff(into: &reply)
        case .alias(let target):
            return follow(target, cluster, block, message, client, into: &reply)
        default:
            settle(
                outcome, cluster, place, zoneAt: headerLength + zoneStart(name, cluster, place),
                into: &reply)
        }
        return .reply(0)
    }

    /// All types at once are answered with a record that says to ask for one (RFC 8482).
    private func putOff(into reply: inout ReplyWriter) {
        let text: [9 of UInt8] = [7, 0x52, 0x46, 0x43, 0x38, 0x34, 0x38, 0x32, 0]
        if reply.begin(.hinfo, ttl: Self.putOffTTL, length: text.count) { reply.put(text.span) }
    }

    /// As long as the number of the RFC, which is what others give.
    private static var putOffTTL: UInt32 { 8482 }

    private func pending(
        _ message: Span<UInt8>, _ client: Client, _ limit: Int, _ path: UpstreamPath,
        _ cache: Int?
    ) -> PendingQuestion {
        let lookup = name.domainName
        return PendingQuestion(
            message: message.octets, client: client, aliases: [], lookup: lookup,
            type: query.type, resolver: catalog.resolver, pools: path.pools(for: lookup),
            cache: cache, limit: limit)
    }
}

extension RecordType {
    /// Whether a whole zone is asked for.
    @inline(__always)
    var isTransfer: Bool { self == .axfr || self == .ixfr }

    /// Types that only say something of a message (RFC 6895 section 3.1).
    var isMeta: Bool { rawValue == 0 || self == .opt || (128...254).contains(rawValue) }
}
