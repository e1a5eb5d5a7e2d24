/// The way of questions that are changed before they are answered, and back.
extension Answerer {
    /// Answers a message whose question has been read.
    mutating func answer(
        _ message: Span<UInt8>, from client: Client, by detour: Detour, of block: ServedBlock,
        into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let asked = query
        guard let (name, _) = message.name(at: headerLength) else { return .drop }
        let question = Message.Question(name, asked.type, asked.recordClass)
        let limit = limit(client.transport, block, room.count)
        // Who may not ask is not to learn what another name has either; that one is looked at, too.
        if let access = block.access,
            access.verdict(client.address, self.name, asked.type) != .allow
        {
            return answerStraight(message, from: client, in: block, limit: limit, into: &room)
        }
        let way = Way(
            block: block, detour: detour, message: message.octets, client: client,
            questionEnd: asked.questionEnd, limit: limit)
        let forAll = detour.changes(for: asked)
        guard let rewriting = Rewriting(question, by: detour.rewrites) else {
            return deliver(failure(question, forAll), way, into: &room)
        }
        let end = Ending(
            changes: forAll + [.alias(from: rewriting.question.name)] + rewriting.changes
                + [.question(question)], limit: limit, accounting: accounting(block))
        switch search(for: rewriting.question, way, end) {
        case .drop: return .drop
        case .later(let pending): return .later(pending)
        case .reply(let reply, let refresh, let source):
            self.source = source
            let disposition = deliver(end.finish(reply), way, into: &room)
            guard let refresh, case .reply(let length) = disposition else { return disposition }
            return .replyAndRefresh(length, refresh)
        }
    }

    /// What is done to a reply before the client gets it.
    struct Ending {
        let changes: [ReplyChange]
        let limit: Int
        let accounting: PendingQuestion.Accounting

        func finish(_ reply: Message) -> Message {
            var reply = reply
            reply.apply(changes)
            return reply
        }

        func finish(_ pending: PendingQuestion) -> PendingQuestion {
            var pending = pending
            (pending.changes, pending.limit) = (changes, limit)
            pending.accounting = accounting
            return pending
        }
    }

    /// What stays the same however often a question changes.
    struct Way {
        let block: ServedBlock
        let detour: Detour
        /// As it came.
        let message: [UInt8]
        let client: Client
        let questionEnd: Int
        /// The longest reply that the client takes.
        let limit: Int

        /// The message with another question.
        func message(asking question: Message.Question) -> [UInt8] {
            var octets = message.prefix(headerLength) + question.name.wire
            for value in [question.type.rawValue, question.recordClass.rawValue] {
                octets += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
            }
            return Array(octets + message.dropFirst(questionEnd))
        }
    }

    enum Found {
        case drop
        /// A whole reply, a question if it is to be asked for anew, and what made it.
        case reply(Message, PendingQuestion?, AnswerSource)
        case later(PendingQuestion)
    }

    /// Answers another question on the client's behalf.
    mutating func answer(_ question: Message.Question, _ way: Way) -> Found {
        let message = way.message(asking: question)
        source = .server
        guard case .question = query.read(message.span, name: &name) else { return .drop }
        var room = exchange(&scratch, with: [])
        if room.isEmpty { room = [UInt8](repeating: 0, count: longestMessage) }
        defer { scratch = room }
        var span = room.mutableSpan
        switch answer(message.span, way, into: &span) {
        case .drop: return .drop
        case .later(let pending): return .later(pending)
        case .reply(let length), .replyAndTransfer(let length, _):
            return found(room, length, nil)
        case .replyAndRefresh(let length, let pending): return found(room, length, pending)
        }
    }

    /// Answers from here, or as every question is answered; neither is counted yet.
    private mutating func answer(
        _ message: Span<UInt8>, _ way: Way, into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let edns = ednsReply(message, way.client, way.block)
        var reply = ReplyWriter(room._mutatingExtracting(...), limit: longestMessage)
        guard reply.begin(message, questionEnd: query.questionEnd) else { return .drop }
        if let edns { reply.reserve(edns.length) }
        let here = mayAsk(way) ? answerHere(way.detour, way.block, into: &reply) : nil
        let course = here ?? take(way.block, message, way.client, into: &reply)
        switch course {
        case .drop, .replyAndTransfer: return course
        case .later(var pending):
            pending.cookie = edns?.cookie
            return .later(pending)
        case .reply:
            reply.finish(query, edns: edns)
            return .reply(reply.count)
        case .replyAndRefresh(_, let question):
            reply.finish(query, edns: edns)
            return .replyAndRefresh(reply.count, question)
        }
    }

    private func mayAsk(_ way: Way) -> Bool {
        guard query.recordClass == .internet, !query.type.isMeta || query.type == .any else {
            return false
        }
        guard let access = way.block.access else { return true }
        return access.verdict(way.client.address, name, query.type) == .allow
    }

    private func found(_ room: [UInt8], _ length: Int, _ refresh: PendingQuestion?) -> Found {
        guard let reply = try? Message(decoding: room.span.extracting(first: length)) else {
            return .drop
        }
        return .reply(reply, refresh, source)
    }

    /// A reply to a question of which the rules make none.
    private func failure(_ question: Message.Question, _ changes: [ReplyChange]) -> Message {
        var reply = Message()
        reply.id = query.id
        reply.flags = query.flags.intersection([.recursionDesired, .checkingDisabled])
            .union(.response)
        reply.questions = [question]
        reply.edns = query.edns.map { _ in EDNS(payloadSize: EDNS.safePayload) }
        reply.responseCode = .serverFailure
        reply.apply(changes)
        return reply
    }

    /// Writes the reply, and counts it as one to the question as it came.
    private mutating func deliver(
        _ reply: Message, _ way: Way, into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let octets = reply.encoded(limit: way.limit)
        guard octets.count <= room.count,
            case .question = query.read(way.message.span, name: &name)
        else { return .drop }
        for index in octets.indices { room[index] = octets[index] }
        account(way.block, way.message.span, way.client, reply.responseCode, octets.span)
        return .reply(octets.count)
    }
}
