import DNS

/// What holds of every reply to a message, whatever is in the message.
package struct ReplyCheck {
    private let query: [UInt8]
    private let reply: [UInt8]
    private let limit: Int
    package private(set) var problems: [String] = []

    package init(_ query: [UInt8], _ reply: [UInt8], limit: Int) {
        self.query = query
        self.reply = reply
        self.limit = limit
        guard reply.count >= headerLength else {
            problems = ["the reply is no message"]
            return
        }
        checkHeader()
        checkQuestion()
        guard let message = try? Message(decoding: reply) else {
            problems.append("the reply cannot be read")
            return
        }
        checkLength()
        checkRecords(message)
        checkCode(message)
        checkOptions(message)
    }

    private mutating func require(_ isTrue: Bool, _ problem: String) {
        if !isTrue { problems.append(problem) }
    }

    private mutating func checkHeader() {
        require(reply.count <= limit, "\(reply.count) octets are more than \(limit)")
        require(reply[..<2] == query[..<2], "another id")
        require(reply[2] & 0x80 != 0, "no QR")
        require(reply[2] & 0x79 == query[2] & 0x79, "another opcode or RD")
        require(reply[3] & 0x60 == 0, "Z or AD")
        require(reply[3] & 0x10 == query[3] & 0x10, "another CD")
    }

    private mutating func checkQuestion() {
        if reply.count == headerLength {
            let isRefused = [1, 4].contains(reply[3] & 0xf)
            require(isRefused && reply[4..<12].allSatisfy { $0 == 0 }, "a bare answer")
            return
        }
        if isCookieRequest { return require(reply[4..<6] == [0, 0], "a question of its own") }
        guard let end = query.span.endOfName(at: headerLength), reply.count >= end + 4 else {
            return problems.append("no whole question")
        }
        require(reply[4..<6] == [0, 1], "not one question")
        require(reply[12..<end + 4] == query[12..<end + 4], "another question")
    }

    /// Whether nothing was asked for but a cookie (RFC 7873 section 5.4).
    private var isCookieRequest: Bool { query[4..<6] == [0, 0] }

    /// Walks over all records, to see that nothing is behind them.
    private mutating func checkLength() {
        guard reply.count > headerLength, let end = reply.span.endOfName(at: headerLength) else {
            return
        }
        let counts = [6, 8, 10].map { Int(reply.span.bigEndian16(at: $0)) }
        var offset = isCookieRequest ? headerLength : end + 4
        for number in 0..<counts.reduce(0, +) {
            guard let head = RecordHead(reply.span, at: offset) else {
                return problems.append("record \(number) is cut")
            }
            offset = head.end
            if head.type == .opt { require(offset == reply.count, "OPT is not the last") }
            if head.type == .srv {
                let end = reply.span.endOfName(at: head.data.lowerBound + 6)
                require(end == head.end && reply[head.end - 1] == 0, "a target is shortened")
            }
        }
        require(offset == reply.count, "octets behind the last record")
    }
}

extension ReplyCheck {
    private mutating func checkRecords(_ message: Message) {
        let all = message.answers + message.authorities + message.additionals
        require(Set(all).count == all.count, "a record comes twice")
        var ttls: [Message.Question: UInt32] = [:]
        for record in all {
            let set = Message.Question(record.name, record.type, record.recordClass)
            require(ttls[set] ?? record.ttl == record.ttl, "a set of records has two TTLs")
            ttls[set] = record.ttl
        }
    }

    private mutating func checkCode(_ message: Message) {
        let authorities = message.authorities.count { $0.type == .soa }
        let isTruncated = message.flags.contains(.truncated)
        let isOwn = message.flags.contains(.authoritative)
        let asked = message.questions.first?.type
        let isAlias = message.answers.last?.type == .cname && asked != .cname && asked != .any
        let isEmpty = message.answers.isEmpty && message.responseCode == .noError
        let isNegative = isEmpty || message.responseCode == .nameError
        if isOwn, isNegative, !isTruncated { require(authorities == 1, "not one SOA") }
        if !isNegative, !isAlias, message.responseCode != .serverFailure {
            require(authorities == 0, "SOA beside an answer")
        }
        let refused: Set<ResponseCode> = [.formatError, .notImplemented, .refused, .badVersion]
        if refused.contains(message.responseCode) {
            require(!isOwn && message.answers.isEmpty, "an answer beside a refusal")
        }
    }

    private mutating func checkOptions(_ message: Message) {
        guard reply.count > headerLength, let asked = try? Message(decoding: query) else { return }
        require((asked.edns == nil) == (message.edns == nil), "OPT unlike the query")
        guard let ours = message.edns, let theirs = asked.edns else { return }
        require(ours.version == 0, "a version that we do not speak")
        require(ours.payloadSize >= 512 && ours.payloadSize <= 4096, "no size of ours")
        require(ours.wantsDNSSEC == theirs.wantsDNSSEC, "another DO")
        var known: Set<EDNSOption> = [.cookie, .keepalive, .extendedError]
        if theirs.options.contains(where: { $0.code == .nsid }) { known.insert(.nsid) }
        require(ours.options.allSatisfy { known.contains($0.code) }, "an option unasked")
    }
}
