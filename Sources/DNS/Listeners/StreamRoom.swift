/// Where one thread builds the replies of a turn, each behind its length.
struct StreamRoom {
    private var octets = [UInt8](repeating: 0, count: limit)
    private(set) var count = 0

    /// What one turn may write before its last reply.
    static let turn = 64 << 10
    private static let limit =
        turn + StreamConnection.prefix + StreamConnection.longestMessage
}

extension StreamRoom {
    var isEmpty: Bool { count == 0 }
    var isFull: Bool { count >= Self.turn }

    var framed: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(first: count) }
    }

    mutating func clear() { count = 0 }

    /// Adds the reply to a message; if it has to wait, the question is returned.
    mutating func add(
        replyTo message: Span<UInt8>, from client: Client, by answerer: inout Answerer
    ) -> PendingQuestion? {
        let start = count + StreamConnection.prefix
        var span = octets.mutableSpan
        var place = span._mutatingExtracting(start..<start + StreamConnection.longestMessage)
        switch answerer.answer(message, from: client, into: &place) {
        case .reply(let length): add(written: length)
        case .drop: break
        case .later(let question): return question
        }
        return nil
    }

    private mutating func add(written length: Int) {
        octets[count] = UInt8(length >> 8)
        octets[count + 1] = UInt8(truncatingIfNeeded: length)
        count += StreamConnection.prefix + length
    }

    mutating func add(_ message: [UInt8]) {
        let start = count + StreamConnection.prefix
        for index in message.indices { octets[start + index] = message[index] }
        add(written: message.count)
    }
}
