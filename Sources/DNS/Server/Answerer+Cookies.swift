extension Answerer {
    /// Answers who asks for nothing but a cookie, or whether the one it has is good
    /// (RFC 7873 section 5.4).
    mutating func giveCookie(
        _ message: Span<UInt8>, to client: Client, into room: inout MutableSpan<UInt8>
    ) -> Disposition {
        counts.countQuestion(0, query, client, size: message.count)
        let edns = ednsReply(message, client, nil)
        let code: ResponseCode
        if query.edns?.version != 0 {
            code = .badVersion
        } else if hasServerCookie, !hasGoodCookie(message, client) {
            code = .badCookie
        } else {
            code = .noError
        }
        return replyWithoutQuestion(code, edns, to: client, into: &room)
    }

    /// Whether the client sent a server's cookie with its own.
    private var hasServerCookie: Bool { (query.edns?.cookie?.count ?? 0) > Self.clientCookie }

    /// A client's part of a cookie has so many octets.
    private static var clientCookie: Int { 8 }

    /// Whether the client has shown that it gets what is sent to its address.
    func hasGoodCookie(_ message: Span<UInt8>, _ client: Client) -> Bool {
        guard let range = query.edns?.cookie else { return false }
        return catalog.cookies.accepts(
            message.extracting(range), address: client.address, at: now)
    }
}
