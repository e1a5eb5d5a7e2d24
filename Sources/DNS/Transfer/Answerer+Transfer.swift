import Kubernetes

/// Questions for a whole zone (RFC 5936, RFC 1995).
extension Answerer {
    /// Answers a client that may copy zones; nil for any other, which is refused as all are.
    mutating func transfer(
        _ message: Span<UInt8>, to client: Client, from block: ServedBlock,
        into room: inout MutableSpan<UInt8>
    ) -> Disposition? {
        // A zone has no room in a datagram; that it has changed does (RFC 1995 section 2).
        guard let transfers = block.transfers, client.transport != .udp || query.type == .ixfr,
            mayCopy(block, transfers, client), let asked = try? Message(decoding: message)
        else { return nil }
        var reply = Message(replyingTo: asked, ednsReply(message, client, block))
        switch content(of: block, transfers) {
        case .notOurs: reply.responseCode = .notAuthoritative
        case .notReady: reply.responseCode = .serverFailure
        case .zone(let authority, let source):
            reply.flags.insert(.authoritative)
            if query.type == .ixfr, client.transport == .udp || asked.knows(authority) {
                reply.answers = [authority]
                break
            }
            guard let turn = transfers.begin(name.domainName, for: client.address) else {
                return nil
            }
            let transfer = ZoneTransfer(reply, authority, source, turn)
            guard let first = transfer.next(),
                let length = write(first, to: client, block, message, .noError, into: &room)
            else { return .drop }
            return .replyAndTransfer(length, transfer)
        }
        let limit = limit(client.transport, block, room.count)
        let octets = reply.encoded(limit: limit)
        return write(octets, to: client, block, message, reply.responseCode, into: &room)
            .map { .reply($0) } ?? .drop
    }

    private func mayCopy(
        _ block: ServedBlock, _ transfers: ZoneTransfers, _ client: Client
    ) -> Bool {
        guard query.recordClass == .internet, query.edns.map({ $0.version == 0 }) ?? true else {
            return false
        }
        if let access = block.access,
            access.verdict(client.address, name, query.type) != .allow
        {
            return false
        }
        return transfers.allows(client.address, name)
    }

    private mutating func write(
        _ octets: [UInt8], to client: Client, _ block: ServedBlock, _ message: Span<UInt8>,
        _ code: ResponseCode, into room: inout MutableSpan<UInt8>
    ) -> Int? {
        guard octets.count <= room.count else { return nil }
        for index in octets.indices { room[index] = octets[index] }
        account(block, message, client, code, octets.span)
        return octets.count
    }
}

extension Answerer {
    private enum Content {
        case zone(Record, any TransferSource)
        case notOurs
        case notReady
    }

    /// The zone whose own name is asked for, as it is now.
    private mutating func content(
        of block: ServedBlock, _ transfers: ZoneTransfers
    ) -> Content {
        if let cluster = block.cluster, case .forward(let number, 0)? = cluster.place(of: name) {
            return content(of: cluster, cluster.zones[number].zone.name, transfers)
        }
        guard let zone = block.detour?.files?.zone(of: name),
            zone.suffix.labelCount == name.labelCount
        else { return .notOurs }
        source = .file
        let content = zone.file.current
        return .zone(content.authority, FileTransfer(content))
    }

    private mutating func content(
        of cluster: ClusterZone, _ zone: DomainName, _ transfers: ZoneTransfers
    ) -> Content {
        source = .kubernetes
        guard cluster.index.isSynced, let store = transfers.store,
            var authority = records(zone, .soa, cluster).first
        else { return .notReady }
        // What changes in the rest of a second does not move the serial again; whoever has what is
        // there now has to ask again then.
        if cluster.index.serial >= now { authority.setSerial(cluster.index.serial &- 1) }
        // Read behind the serial: it may have more than the serial says, and never less.
        let snapshot = store.snapshot
        guard let source = ClusterTransfer(snapshot, cluster.settings, zone, apex(zone, cluster))
        else { return .notReady }
        return .zone(authority, source)
    }

    /// What the cluster's zone has besides its services.
    private mutating func apex(_ zone: DomainName, _ cluster: ClusterZone) -> [Record] {
        let server = zone.prefixed("dns".utf8)?.prefixed("ns".utf8)
        let owners: [(DomainName?, RecordType)] = [
            (zone, .ns), (server, .a), (server, .aaaa),
            (zone.prefixed("dns-version".utf8), .txt),
        ]
        return owners.flatMap { owner, type in
            owner.map { records($0, type, cluster) } ?? []
        }
    }

    /// The cluster's answer to a question of ours.
    private mutating func records(
        _ owner: DomainName, _ type: RecordType, _ cluster: ClusterZone
    ) -> [Record] {
        aliased.assign(owner)
        let question = Message.query(owner, type, id: 0).encoded()
        guard let place = cluster.place(of: aliased) else { return [] }
        var room = [UInt8](repeating: 0, count: Self.ownReply)
        var span = room.mutableSpan
        var reply = ReplyWriter(span._mutatingExtracting(...), limit: Self.ownReply)
        guard reply.begin(question.span, questionEnd: question.count) else { return [] }
        _ = cluster.answer(aliased, type, at: place, rotation: 0, into: &reply)
        var asked = Query()
        asked.questionEnd = question.count
        reply.finish(asked, edns: nil)
        let length = reply.count
        return (try? Message(decoding: room.span.extracting(first: length)))?.answers ?? []
    }

    /// A machine has some dozens of addresses at most.
    private static var ownReply: Int { 16 << 10 }
}

extension Message {
    /// The head of a reply to somebody who copies a zone.
    fileprivate init(replyingTo asked: Message, _ edns: EDNSReply?) {
        self.init()
        id = asked.id
        flags = asked.flags.intersection(.recursionDesired).union(.response)
        questions = asked.questions
        guard let edns else { return }
        self.edns = EDNS(payloadSize: edns.payloadSize)
        guard let cookie = edns.cookie else { return }
        self.edns?.options = [EDNS.Option(.cookie, cookie.octets.octets(0..<ServerCookie.length))]
    }

    /// Whether the client of an IXFR has the zone as it is, or newer (RFC 1995 section 2).
    fileprivate func knows(_ authority: Record) -> Bool {
        guard let theirs = authorities.first, theirs.type == .soa,
            let known = theirs.serial, let serial = authority.serial
        else { return false }
        // RFC 1982 section 3.2.
        return Int32(bitPattern: known &- serial) >= 0
    }
}

extension Record {
    /// Of a SOA record: behind the two names, before four other numbers.
    private var serialPlace: Int? { data.count >= 22 ? data.count - 20 : nil }

    fileprivate var serial: UInt32? { serialPlace.map { data.span.bigEndian32(at: $0) } }

    fileprivate mutating func setSerial(_ serial: UInt32) {
        guard let place = serialPlace else { return }
        for index in 0..<4 {
            data[place + index] = UInt8(truncatingIfNeeded: serial >> UInt32(24 - 8 * index))
        }
    }
}
