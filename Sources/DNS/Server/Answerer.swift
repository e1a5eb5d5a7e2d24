package import Platform

/// Answers messages for one thread; all that it needs for a question is made beforehand.
package struct Answerer: ~Copyable {
    private(set) var catalog: Catalog
    private let reader: Epochs.Reader
    var query = Query()
    var name = QuestionName()
    /// Where an alias leads.
    var aliased = QuestionName()
    private var turns: UInt32 = 0
    /// How many datagrams were turned away for their client's sake.
    private var turnedAway = 0
    /// Which of equal records comes first.
    private(set) var rotation: UInt32 = 0
    let counts: SharedCounts
    private let ring: QueryRing?
    /// What has made the answer.
    var source = AnswerSource.server
    private(set) var began = MonotonicTime.now
    /// How many questions of each zone were answered since then.
    private var batch: [16 of UInt32] = .init(repeating: 0)
    /// Seconds since 1970, as cookies count them, at the beginning of the batch.
    private(set) var now: UInt32 = 0
    /// Seconds since the machine started, as the caches count them.
    private(set) var uptime: UInt32 = 0
    var caches: [CacheReader]
    /// Where answers are put that are changed before they are sent.
    var scratch: [UInt8] = []

    package init(
        _ catalog: Catalog, _ reader: consuming Epochs.Reader,
        counts: SharedCounts = SharedCounts(), log ring: QueryRing? = nil
    ) {
        self.catalog = catalog
        self.reader = reader
        self.counts = counts
        self.ring = ring
        caches = catalog.caches
    }

    /// Takes another catalog, outside `begin` and `end`.
    package mutating func use(_ catalog: Catalog) {
        self.catalog = catalog
        caches = catalog.caches
    }

    /// Begins to answer some messages: what is known stays known until they are answered.
    package mutating func begin(at now: Moment) {
        self.now = UInt32(truncatingIfNeeded: now.wall.nanoseconds / 1_000_000_000)
        uptime = now.monotonic.seconds
        began = now.monotonic
        reader.enter()
    }

    package borrowing func end() { reader.leave() }

    /// Notes when the replies of a batch were sent: each has taken as long as all of them.
    package mutating func sent(at now: MonotonicTime) {
        let duration = UInt64(max(0, now.nanoseconds - began.nanoseconds))
        for zone in batch.indices where batch[zone] > 0 {
            counts.countDuration(zone, duration, times: UInt64(batch[zone]))
            batch[zone] = 0
        }
    }
}

extension Answerer {
    /// Answers a message between `begin` and `end`.
    package mutating func answer(
        _ message: Span<UInt8>, from client: Client, into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        if catalog.limit != nil, let short = turnAway(message, client, into: &room) {
            return short
        }
        switch query.read(message, name: &name) {
        case .drop: return .drop
        case .refuse(let code):
            counts.countQuestion(0, query, client, size: message.count)
            return replyWithoutQuestion(code, nil, to: client, into: &room)
        case .cookieRequest: return giveCookie(message, to: client, into: &room)
        case .question: return answerQuestion(message, from: client, into: &room)
        }
    }

    /// Replies with a header, and an OPT record if there is one.
    mutating func replyWithoutQuestion(
        _ code: ResponseCode, _ edns: EDNSReply?, to client: Client,
        into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let size = room.count
        var reply = ReplyWriter(room._mutatingExtracting(...), limit: size)
        reply.beginBare(id: query.id)
        reply.code = code
        query.questionEnd = 0
        reply.finish(query, edns: edns)
        counts.countReply(0, .server, code, client.transport, size: reply.count)
        batch[0] &+= 1
        return .reply(reply.count)
    }

    private mutating func answerQuestion(
        _ message: Span<UInt8>, from client: Client, into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        if query.type == .hinfo { catalog.loops?.see(name, query.type) }
        let block = catalog.block(for: name)
        let zone = block?.counted ?? 0
        counts.countQuestion(zone, query, client, size: message.count)
        source = .server
        if let block, query.type.isTransfer,
            let answer = transfer(message, to: client, from: block, into: &room)
        {
            return answer
        }
        if let block, let detour = block.detour, detour.takes(query, name, from: client.address) {
            return answer(message, from: client, by: detour, of: block, into: &room)
        }
        let limit = limit(client.transport, block, room.count)
        return answerStraight(message, from: client, in: block, limit: limit, into: &room)
    }

    /// Answers without a detour.
    @inline(__always)
    mutating func answerStraight(
        _ message: Span<UInt8>, from client: Client, in block: ServedBlock?, limit: Int,
        into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let edns = ednsReply(message, client, block)
        var reply = ReplyWriter(room._mutatingExtracting(...), limit: limit)
        guard reply.begin(message, questionEnd: query.questionEnd) else { return .drop }
        if let edns { reply.reserve(edns.length) }
        let course = take(block, message, client, into: &reply)
        switch course {
        case .drop: return course
        case .later(var question):
            question.accounting = accounting(block)
            question.cookie = edns?.cookie
            return .later(question)
        case .reply, .replyAndRefresh, .replyAndTransfer: reply.finish(query, edns: edns)
        }
        account(block, message, client, reply.code, reply.written)
        if case .replyAndRefresh(_, let question) = course {
            return .replyAndRefresh(reply.count, question)
        }
        return .reply(reply.count)
    }

    func accounting(_ block: ServedBlock?) -> PendingQuestion.Accounting {
        .init(zone: block?.counted ?? 0, arrived: began, block: block)
    }

    /// Counts and logs the reply to the question that was read last.
    @inline(__always)
    mutating func account(
        _ block: ServedBlock?, _ message: Span<UInt8>, _ client: Client, _ code: ResponseCode,
        _ reply: Span<UInt8>
    ) {
        let zone = block?.counted ?? 0
        counts.countReply(zone, source, code, client.transport, size: reply.count)
        batch[zone] &+= 1
        if let block, block.isLogged { note(block, message, client, code, reply) }
    }

    private func note(
        _ block: ServedBlock, _ message: Span<UInt8>, _ client: Client, _ code: ResponseCode,
        _ reply: Span<UInt8>
    ) {
        guard let ring, let scope = block.scope(of: name) else { return }
        ring.add(
            QueryRecord(
                query, name, size: message.count, from: client, code, reply,
                after: .now - began, format: scope.format), scope.classes)
    }

    /// Whether it is the turn of one of so many datagrams that are turned away; never of none.
    mutating func slips(one count: Int) -> Bool {
        turnedAway &+= 1
        return count > 0 && turnedAway % count == 0
    }

    /// Takes another turn of equal records.
    ///
    /// Clients ask for A and AAAA by turns, so whatever follows the count in a simple way would
    /// show each of them only some of the records first.
    @inline(__always)
    mutating func rotate() {
        turns &+= 1
        var mixed = turns
        // A permutation of all numbers whose bits all depend on all (Wellons, "lowbias32").
        mixed = (mixed ^ mixed >> 16) &* 0x7feb_352d
        mixed = (mixed ^ mixed >> 15) &* 0x846c_a68b
        rotation = mixed ^ mixed >> 16
    }

    /// How long a reply may be: what the client takes, but no more than is safe to send.
    func limit(
        _ transport: Client.Transport, _ block: ServedBlock?, _ room: Int
    ) -> Int {
        guard transport == .udp else { return room }
        let ours = Int(block?.payloadSize ?? EDNS.safePayload)
        return min(Int(query.edns?.payloadSize ?? Self.plainPayload), max(ours, 512))
    }

    /// Without EDNS a client takes 512 octets (RFC 1035 section 4.2.1).
    private static var plainPayload: UInt16 { 512 }

    func ednsReply(
        _ message: Span<UInt8>, _ client: Client, _ block: ServedBlock?
    ) -> EDNSReply? {
        guard let edns = query.edns else { return nil }
        var reply = EDNSReply(payloadSize: block?.payloadSize ?? EDNS.safePayload)
        reply.wantsDNSSEC = edns.wantsDNSSEC
        if let range = edns.cookie {
            reply.cookie = catalog.cookies.cookie(
                client: message.extracting(range), address: client.address, at: now)
        }
        if edns.wantsKeepalive, client.transport != .udp {
            reply.keepalive = Self.idleTenths
        }
        return reply
    }

    /// An idle connection is closed after ten seconds (D71).
    private static var idleTenths: UInt16 { 100 }
}

extension MonotonicTime {
    /// Whole seconds since the machine started.
    package var seconds: UInt32 { UInt32(truncatingIfNeeded: nanoseconds / 1_000_000_000) }
}
