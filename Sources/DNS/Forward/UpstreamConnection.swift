import Network
import Platform

/// A connection to an upstream that many questions share (RFC 7766).
struct UpstreamConnection: Sendable {
    let upstream: Int
    let opened: MonotonicTime
    /// Which question waits for the reply with an id.
    var questions: [UInt16: QuestionID] = [:]
    private(set) var lastHeard: MonotonicTime?
    /// Takes no more questions, and is closed when none is left.
    var isRetired = false
    /// Set while nobody uses it.
    var idle: TimerQueue<ForwardTimer>.ID?
    private var received: [UInt8] = []

    init(to upstream: Int, at now: MonotonicTime) {
        self.upstream = upstream
        opened = now
    }
}

extension UpstreamConnection {
    /// One more would wait long behind the others.
    private static let mostQuestions = 100

    /// Whether one that may get so old is to be used for one question more.
    func takesQuestion(at now: MonotonicTime, longestLife: Duration) -> Bool {
        !isRetired && questions.count < Self.mostQuestions && now - opened < longestLife
    }

    /// Whether it has answered before, so that its end says nothing of the server.
    var hasAnswered: Bool { lastHeard != nil }

    func isSilent(since time: MonotonicTime) -> Bool { lastHeard.map { $0 <= time } ?? true }

    /// The whole messages that bytes complete; each has its length before it (RFC 1035 4.2.2).
    mutating func messages(_ bytes: [UInt8], at now: MonotonicTime) -> [[UInt8]] {
        lastHeard = now
        received += bytes
        var messages: [[UInt8]] = []
        var start = 0
        while received.count - start >= 2 {
            let length = Int(received.span.bigEndian16(at: start))
            guard received.count - start - 2 >= length else { break }
            messages.append(Array(received[(start + 2)..<(start + 2 + length)]))
            start += 2 + length
        }
        received.removeFirst(start)
        return messages
    }
}
