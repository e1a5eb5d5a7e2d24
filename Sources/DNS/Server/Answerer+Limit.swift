extension Answerer {
    /// What is done with the datagram of a client that asks more than it may; nil if it does not.
    ///
    /// Most are dropped unread. Some get a reply that is hardly longer than the question, for those
    /// who are not to blame: somebody else may ask in their name. It sends them to TCP, or gives them
    /// a cookie by which they are known from then on (RFC 7873 section 5.2.3).
    mutating func turnAway(
        _ message: Span<UInt8>, _ client: Client, into room: inout MutableSpan<UInt8>
    ) -> Disposition? {
        guard let limit = catalog.limit, client.transport == .udp,
            !limit.admits(client.address, at: began), !limit.isExempt(client.address)
        else { return nil }
        guard case .question = query.read(message, name: &name) else { return dropLimited() }
        let isProven = hasGoodCookie(message, client)
        if isProven, limit.admits(client.address, isProven: true, at: began) { return nil }
        guard slips(one: limit.options.slip) else { return dropLimited() }
        return replyShortly(message, client, isProven: isProven, into: &room)
    }

    private func dropLimited() -> Disposition {
        counts.count(.dropped)
        return .drop
    }

    private mutating func replyShortly(
        _ message: Span<UInt8>, _ client: Client, isProven: Bool,
        into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        let edns = ednsReply(message, client, nil)
        let limit = limit(.udp, nil, room.count)
        var reply = ReplyWriter(room._mutatingExtracting(...), limit: limit)
        guard reply.begin(message, questionEnd: query.questionEnd) else { return dropLimited() }
        if query.edns?.cookie != nil, !isProven {
            reply.code = .badCookie
        } else {
            reply.flags.insert(.truncated)
        }
        reply.finish(query, edns: edns)
        counts.count(.shortened)
        return .reply(reply.count)
    }
}
