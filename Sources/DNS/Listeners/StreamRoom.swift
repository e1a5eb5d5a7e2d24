/// Where one thread builds the replies of a turn, each behind its length.
struct StreamRoom {
    /// Empty until somebody connects.
    private var octets: [UInt8] = []
    private(set) var count = 0

    /// What one turn may write before its last reply.
    static let turn = 64 << 10
    private static let limit =
        turn + StreamConnection.prefix + longestMessage
}

extension StreamRoom {
    var isEmpty: Bool { count == 0 }
    var isFull: Bool { count >= Self.turn }

    var framed: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(first: count) }
    }

    mutating func clear() { count = 0 }

    /// What is left to do for a message.
    enum Rest {
        /// Somebody has to be asked before there is a reply.
        case ask(PendingQuestion)
        /// Somebody is to be asked for next time.
        case refresh(PendingQuestion)
        /// Further messages are to be sent before anything else.
        case transfer(ZoneTransfer)
    }

    /// Adds the reply to a message, unless it has to wait.
    mutating func add(
        replyTo message: Span<UInt8>, from client: Client, by answerer: inout Answerer
    ) -> Rest? {
        makeRoom()
        let start = count + StreamConnection.prefix
        var span = octets.mutableSpan
        var place = span._mutatingExtracting(start..<start + longestMessage)
        switch answerer.answer(message, from: client, into: &place) {
        case .reply(let length): add(written: length)
        case .replyAndRefresh(let length, let question):
            add(written: length)
            return .refresh(question)
        case .replyAndTransfer(let length, let transfer):
            add(written: length)
            return .transfer(transfer)
        case .drop: break
        case .later(let question): return .ask(question)
        }
        return nil
    }

    private mutating func add(written length: Int) {
        octets[count] = UInt8(length >> 8)
        octets[count + 1] = UInt8(truncatingIfNeeded: length)
        count += StreamConnection.prefix + length
    }

    private mutating func makeRoom() {
        if octets.isEmpty { octets = [UInt8](repeating: 0, count: Self.limit) }
    }

    mutating func add(_ message: [UInt8]) {
        makeRoom()
        let start = count + StreamConnection.prefix
        for index in message.indices { octets[start + index] = message[index] }
        add(written: message.count)
    }
}
