import Network
import Platform
import Synchronization

/// Counts and logs the replies that had to wait, from whatever thread they come.
final class WaitingCounts: Sendable {
    private let counts: SharedCounts
    private let ring: QueryRing?
    /// Who adds to the counts.
    private let turn = Mutex(())

    init(_ counts: SharedCounts, log ring: QueryRing?) {
        self.counts = counts
        self.ring = ring
    }

    func note(_ question: PendingQuestion, _ reply: [UInt8]) {
        let accounting = question.accounting
        let duration = MonotonicTime.now - accounting.arrived
        let nanoseconds = UInt64(max(0, duration.nanoseconds))
        let code = reply.responseCode
        turn.withLock { _ in
            counts.countReply(
                accounting.zone, .forward, code, question.client.transport, size: reply.count)
            counts.countDuration(accounting.zone, nanoseconds)
            if accounting.isSearch, code == .noError { counts.countSearch(accounting.zone) }
        }
        guard let ring, let block = accounting.block, block.isLogged else { return }
        var (query, name) = (Query(), QuestionName())
        guard case .question = query.read(question.message.span, name: &name) else { return }
        if case .question(let asked)? = question.changes.last {
            name.assign(asked.name)
            (query.type, query.recordClass) = (asked.type, asked.recordClass)
        }
        guard let scope = block.scope(of: name) else { return }
        ring.add(
            QueryRecord(
                query, name, size: question.message.count, from: question.client, code,
                reply.span, after: duration, format: scope.format), scope.classes)
    }
}

/// Where a reply goes that is noted on its way.
struct CountedPlace: ReplyPlace {
    let place: any ReplyPlace
    let question: PendingQuestion
    let counts: WaitingCounts

    func reply(_ message: [UInt8]) {
        place.reply(message)
        counts.note(question, message)
    }
}

extension [UInt8] {
    /// The code in the header of a message, which holds all that are given to questions that waited.
    var responseCode: ResponseCode {
        ResponseCode(rawValue: count > 3 ? UInt16(self[3] & 0xf) : 0)
    }
}
