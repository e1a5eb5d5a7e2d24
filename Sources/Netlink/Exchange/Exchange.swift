import CMnl
package import Platform

/// What became of requests that went out together: answers in, outcomes out, no socket.
///
/// The kernel answers each request with any number of data messages and one end: an
/// acknowledgement, an error, or "done" for a dump.
package struct Exchange {
    /// What a message means to the one who waits.
    package enum Action: Equatable {
        /// Data that answers the request with this index.
        case data(request: Int)
        /// The request with this index has ended, well or not.
        case ended(request: Int, Failure?)
        /// Not for this exchange: an answer to an earlier one, or an event.
        case foreign
    }

    /// The kernel's refusal, or its word that a dump cannot be trusted.
    package enum Failure: Equatable {
        case refused(Errno, text: String)
        /// The listed objects changed during the dump.
        case interrupted
    }

    private let firstSequence: UInt32
    private let port: UInt32
    private var states: [State]
    /// How many requests have not ended.
    package private(set) var outstanding: Int

    private enum State {
        case waiting
        case interrupted
        case ended
    }

    package init(requests: Int, firstSequence: UInt32, port: UInt32) {
        self.firstSequence = firstSequence
        self.port = port
        states = Array(repeating: .waiting, count: requests)
        outstanding = requests
    }

    /// Takes one message in.
    package mutating func receive(_ message: borrowing Message) throws(NetlinkError) -> Action {
        let index = Int(message.sequence &- firstSequence)
        guard message.port == port, states.indices.contains(index) else { return .foreign }
        if case .ended = states[index] { return .foreign }
        if message.flags & UInt16(NLM_F_DUMP_INTR) != 0 { states[index] = .interrupted }
        switch Int32(message.type) {
        case NLMSG_ERROR:
            return try end(index, Acknowledgement(message))
        case NLMSG_DONE:
            return try end(index, Acknowledgement(done: message))
        case NLMSG_NOOP:
            return .foreign
        case NLMSG_OVERRUN:
            throw NetlinkError(.overrun, "receive netlink answer")
        default:
            return .data(request: index)
        }
    }

    private mutating func end(_ index: Int, _ end: Acknowledgement) -> Action {
        let wasInterrupted = states[index] == .interrupted
        states[index] = .ended
        outstanding -= 1
        if let errno = end.errno {
            return .ended(request: index, .refused(errno, text: end.text))
        }
        return .ended(request: index, wasInterrupted ? .interrupted : nil)
    }
}
