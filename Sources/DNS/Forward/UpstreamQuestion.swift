import Network
import Platform

/// A question under way: who waits for it, and where it has been asked.
struct UpstreamQuestion: Sendable {
    let lookup: Lookup
    let purpose: Purpose
    var waiters: [Waiter] = []
    let began: MonotonicTime
    let deadline: MonotonicTime
    var timer: TimerQueue<ForwardTimer>.ID?
    /// The pool's upstreams, the one to be asked first at the front.
    let order: [Int]
    var tries: [Try] = []
    /// An upstream did not understand EDNS.
    var avoidsEDNS = false
    /// An upstream changed the name's case, and could not be asked by TCP.
    var avoids0x20 = false
    var sawOtherCase = false
    /// A reply that nothing better came after.
    var lastResort: (reply: Message, upstream: Int)?

    enum Purpose: Hashable, Sendable {
        case lookup(pool: Int)
        case probe(upstream: Int)
    }

    /// One message sent to one upstream.
    struct Try: Hashable, Sendable {
        let upstream: Int
        let socket: SocketID
        let id: UInt16
        let sentAt: MonotonicTime
        let isStream: Bool
        /// Nothing more is expected of it, although a late reply is taken.
        var hasFailed = false
        let query: SentQuery
    }

    /// A failing question ends with some number of messages, whatever upstreams do.
    static let mostTries = 8
}

extension UpstreamQuestion {
    func tries(of upstream: Int) -> Int { tries.count { $0.upstream == upstream } }

    func failures(of upstream: Int) -> Int {
        tries.count { $0.upstream == upstream && $0.hasFailed }
    }

    func index(ofTryOn socket: SocketID, id: UInt16) -> Int? {
        tries.firstIndex { $0.socket == socket && $0.id == id }
    }

    var hasAskedAll: Bool { order.allSatisfy { tries(of: $0) > 0 } }

    var allHaveFailed: Bool { tries.allSatisfy(\.hasFailed) }
}

/// Deadlines of the engine.
enum ForwardTimer: Hashable, Sendable {
    case question(QuestionID)
    case idle(SocketID)
    case probe(upstream: Int)
}

/// Equal lookups through one pool are one question.
struct QuestionKey: Hashable, Sendable {
    let lookup: Lookup
    let pool: Int
}
