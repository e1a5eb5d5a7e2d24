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
        let forAll = detour.changes(for: asked)
        guard let rewriting = Rewriting(question, by: detour.rewrites) else {
            return deliver(failure(question, forAll), asked, limit, into: &room)
        }
        let way = Way(
            block: block, detour: detour, message: message.octets, client: client,
            questionEnd: asked.questionEnd)
        let changes = forAll + rewriting.changes + [.question(question)]
        switch answer(rewriting.question, way) {
        case .drop: return .drop
        case .reply(var reply, let refresh):
            reply.apply(changes)
            let disposition = deliver(reply, asked, limit, into: &room)
            guard let refresh, case .reply(let length) = disposition else { return disposition }
            return .replyAndRefresh(length, refresh)
        case .later(var pending):
            pending.changes = changes
            pending.limit = limit
            return .later(pending)
        }
    }

    /// What stays the same however often a question changes.
    private struct Way {
        let block: ServedBlock
        let detour: Detour
        /// As it came.
        let message: [UInt8]
        let client: Client
        let questionEnd: Int

        /// The message with another question.
        func message(asking question: Message.Question) -> [UInt8] {
            var octets = message.prefix(headerLength) + question.name.wire
            for value in [question.type.rawValue, question.recordClass.rawValue] {
                octets += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
            }
            return Array(octets + message.dropFirst(questionEnd))
        }
    }

    private enum Found {
        case drop
        /// A whole reply, and a question if it is to be asked for anew.
        case reply(Message, PendingQuestion?)
        case later(PendingQuestion)
    }

    /// Answers another question on the client's behalf.
    private mutating func answer(_ question: Message.Question, _ way: Way) -> Found {
        let message = way.message(asking: question)
        guard case .question = query.read(message.span, name: &name) else { return .drop }
        var room = exchange(&scratch, with: [])
        if room.isEmpty { room = [UInt8](repeating: 0, count: longestMessage) }
        defer { scratch = room }
        var span = room.mutableSpan
        switch answerStraight(
            message.span, from: way.client, in: way.block, limit: longestMessage, into: &span)
        {
        case .drop: return .drop
        case .later(let pending): return .later(pending)
        case .reply(let length): return found(room, length, nil)
        case .replyAndRefresh(let length, let pending): return found(room, length, pending)
        }
    }

    private func found(_ room: [UInt8], _ length: Int, _ refresh: PendingQuestion?) -> Found {
        guard let reply = try? Message(decoding: room.span.extracting(first: length)) else {
            return .drop
        }
        return .reply(reply, refresh)
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

    private mutating func deliver(
        _ reply: Message, _ asked: Query, _ limit: Int, into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let octets = reply.encoded(limit: limit)
        guard octets.count <= room.count else { return .drop }
        for index in octets.indices { room[index] = octets[index] }
        return .reply(octets.count)
    }
}
