/// Names that this machine's files have.
extension Answerer {
    /// Answers from the file of hosts, or as localhost; nil for what is neither's.
    mutating func answerHere(
        _ detour: Detour, _ block: ServedBlock, into reply: inout ReplyWriter
    ) -> Disposition? {
        if block.recurses { reply.flags.insert(.recursionAvailable) }
        if detour.answersLocalhost, answerLocalhost(into: &reply) { return .reply(0) }
        guard let hosts = detour.hosts, !(query.type == .any && block.putsOffAny) else {
            return nil
        }
        switch hosts.answer(name, query.type) {
        case .notOurs: return nil
        // There is no zone whose SOA record could say that the name does not exist.
        case .unknown: reply.code = .serverFailure
        case .records(let records):
            reply.flags.insert(.authoritative)
            for record in rotated(records, block) {
                guard reply.begin(record.type, ttl: record.ttl, length: record.data.count) else {
                    break
                }
                reply.put(record.data.span)
            }
        }
        source = .hosts
        return .reply(0)
    }

    /// Equal records in the order in which it is their turn.
    private mutating func rotated(
        _ records: some Collection<Record>, _ block: ServedBlock
    ) -> [Record] {
        guard block.rotates, records.count > 1 else { return Array(records) }
        rotate()
        let first = Int(rotation) % records.count
        return Array(records.dropFirst(first)) + records.prefix(first)
    }

    /// `localhost`, the names below it that clients make by their search lists, and its addresses.
    private func answerLocalhost(into reply: inout ReplyWriter) -> Bool {
        guard SpecialNames.isLocal(name) else { return false }
        if SpecialNames.answer(name, query.type, into: &reply) { return true }
        SpecialNames.putLoopback(query.type, into: &reply)
        return true
    }
}

extension Answerer {
    /// Answers from zones that files hold, and passes on what is not in them.
    mutating func answerFromFiles(
        _ files: ZoneFiles, _ block: ServedBlock, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        guard let zone = files.zone(of: name) else {
            return pass(on: block, message, client, into: &reply)
        }
        // As the client wrote it, which is how the answer has it.
        let written = message.name(at: headerLength)?.name ?? name.domainName
        let question = Message.Question(written, query.type, query.recordClass)
        let answer = zone.file.current.answer(question)
        if answer.code == .nameError, answer.answers.isEmpty, zone.fallthroughs.contains(name) {
            return pass(on: block, message, client, into: &reply)
        }
        source = .file
        return put(answer, block, message, client, into: &reply)
    }

    private mutating func put(
        _ answer: FileZoneAnswer, _ block: ServedBlock, _ message: Span<UInt8>,
        _ client: Client, into reply: inout ReplyWriter
    ) -> Disposition {
        reply.code = answer.code
        if answer.isAuthoritative { reply.flags.insert(.authoritative) }
        let aliases = answer.answers.prefix { $0.type == .cname || $0.type == .dname }
        put(aliases, .answer, into: &reply)
        put(rotated(answer.answers.dropFirst(aliases.count), block), .answer, into: &reply)
        if let target = answer.continuation {
            return lead(to: target, block, message, client, into: &reply)
        }
        put(answer.authorities, .authority, into: &reply)
        put(answer.additionals, .additional, into: &reply)
        return .reply(0)
    }

    private func put(
        _ records: some Sequence<Record>, _ section: Section, into reply: inout ReplyWriter
    ) {
        for record in records where !reply.put(record: record.octets.span, in: section) { return }
    }

    /// An alias of a file leads to a name that the cluster has, another file, or others.
    private mutating func lead(
        to target: DomainName, _ block: ServedBlock, _ message: Span<UInt8>, _ client: Client,
        into reply: inout ReplyWriter
    ) -> Disposition {
        aliased.assign(target)
        if let cluster = block.cluster, cluster.place(of: aliased) != nil {
            return follow(target, cluster, block, message, client, into: &reply)
        }
        if let zone = block.detour?.files?.zone(of: aliased) {
            if reply.answerCount >= Self.longestChain { return .reply(0) }
            let question = Message.Question(target, query.type, query.recordClass)
            return put(zone.file.current.answer(question), block, message, client, into: &reply)
        }
        return leave(target, block, message, client, into: &reply)
    }
}

extension Record {
    /// As it is sent, written out.
    fileprivate var octets: [UInt8] {
        var octets = name.wire
        for value in [
            type.rawValue, recordClass.rawValue, UInt16(ttl >> 16),
            UInt16(truncatingIfNeeded: ttl), UInt16(truncatingIfNeeded: data.count),
        ] {
            octets += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
        }
        return octets + data
    }
}
