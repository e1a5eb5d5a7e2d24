/// What a load of questions brought.
struct AskingOutcome: Sendable {
    /// From when a question was due until its answer was there.
    var latencies = Histogram()
    /// How late questions were sent: what of the latencies is the generator's own doing.
    var delays = Histogram()
    var sent = 0
    /// Answers until the end of sending.
    var answeredInTime = 0
    var answered = 0
    /// Questions without an answer in time to wait.
    var lost = 0
    /// Answers that nobody waits for any more.
    var strays = 0
    private var wrong = Array(repeating: 0, count: AnswerVerdict.allCases.count)
    /// The first question that got a wrong answer.
    private(set) var firstWrong: Int?

    init() {}
}

extension AskingOutcome {
    /// Notes what an answer was.
    @inline(__always)
    mutating func note(_ verdict: AnswerVerdict, to question: Int) {
        answered += 1
        if verdict != .right { noteWrong(verdict, to: question) }
    }

    private mutating func noteWrong(_ verdict: AnswerVerdict, to question: Int) {
        wrong[verdict.rawValue] += 1
        if firstWrong == nil { firstWrong = question }
    }

    /// How many answers were wrong in which ways.
    var wrongAnswers: [(verdict: AnswerVerdict, count: Int)] {
        AnswerVerdict.allCases.map { ($0, wrong[$0.rawValue]) }.filter { $0.1 > 0 }
    }

    var lostShare: Double { sent == 0 ? 0 : Double(lost) / Double(sent) }

    mutating func merge(_ other: AskingOutcome) {
        latencies.merge(other.latencies)
        delays.merge(other.delays)
        sent += other.sent
        answeredInTime += other.answeredInTime
        answered += other.answered
        lost += other.lost
        strays += other.strays
        for index in wrong.indices { wrong[index] += other.wrong[index] }
        firstWrong = firstWrong ?? other.firstWrong
    }
}
