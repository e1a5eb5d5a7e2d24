/// A question that waits, with what the reply to it has to repeat.
struct AskedMessage: Sendable {
    let question: PendingQuestion
    private let message: Message
    let lookup: Lookup

    /// Nil for a message that cannot be read after all.
    init?(_ question: PendingQuestion) {
        guard let message = try? Message(decoding: question.message), message.questions.count == 1
        else { return nil }
        self.question = question
        self.message = message
        var lookup = Lookup(
            question.lookup, question.type, message.questions[0].recordClass)
        lookup.wantsDNSSEC = message.edns?.wantsDNSSEC ?? false
        lookup.checkingDisabled = message.flags.contains(.checkingDisabled)
        lookup.authenticData = message.flags.contains(.authenticData) || lookup.wantsDNSSEC
        self.lookup = lookup
    }

    var key: CacheKey {
        CacheKey(
            lookup.name, lookup.type, lookup.recordClass, wantsDNSSEC: lookup.wantsDNSSEC,
            checkingDisabled: lookup.checkingDisabled)
    }

    /// The lookup as a message of its own.
    var lookupMessage: [UInt8] {
        var query = Message.query(lookup.name, lookup.type, lookup.recordClass, id: message.id)
        query.flags = message.flags
        query.edns = message.edns
        query.edns?.options = []
        return query.encoded()
    }
}

extension AskedMessage {
    /// The reply with what was found, behind the aliases that lead to it.
    func reply(_ found: Message, reason: ExtendedError? = nil) -> [UInt8] {
        var reply = empty
        reply.responseCode = found.responseCode
        reply.answers = question.aliases + found.answers.map(asAsked)
        reply.authorities = found.authorities
        if found.flags.contains(.authenticData), lookup.authenticData, question.aliases.isEmpty {
            reply.flags.insert(.authenticData)
        }
        add(reason, to: &reply)
        return encoded(reply)
    }

    /// A reply that there is no answer, and why.
    func reply(_ code: ResponseCode, _ reason: ExtendedError?) -> [UInt8] {
        var reply = empty
        reply.responseCode = code
        reply.answers = question.aliases
        add(reason, to: &reply)
        return encoded(reply)
    }

    /// The reply as the client is to have it.
    private func encoded(_ reply: Message) -> [UInt8] {
        var reply = reply
        reply.apply(question.changes)
        return reply.encoded(limit: question.limit)
    }

    private var empty: Message {
        var reply = Message()
        reply.id = message.id
        reply.flags = [.response, .recursionAvailable]
        let kept: HeaderFlags = [.recursionDesired, .checkingDisabled]
        reply.flags.formUnion(message.flags.intersection(kept))
        reply.questions = message.questions
        // It is said of the first name (RFC 1035 section 4.1.1), which is the cluster's.
        if !question.aliases.isEmpty { reply.flags.insert(.authoritative) }
        if let edns = message.edns {
            var ours = EDNS(payloadSize: EDNS.safePayload)
            ours.wantsDNSSEC = edns.wantsDNSSEC
            if let cookie = question.cookie {
                ours.options = [EDNS.Option(.cookie, cookie.octets.octets(0..<ServerCookie.length))]
            }
            reply.edns = ours
        }
        return reply
    }

    /// A record of the question's name in the case that the client wrote.
    private func asAsked(_ record: Record) -> Record {
        var record = record
        let name = message.questions[0].name
        if record.name == name { record.name = name }
        return record
    }

    private func add(_ reason: ExtendedError?, to reply: inout Message) {
        guard let reason else { return }
        let octets = [UInt8(reason.rawValue >> 8), UInt8(truncatingIfNeeded: reason.rawValue)]
        reply.edns?.options.append(EDNS.Option(.extendedError, octets))
    }
}
