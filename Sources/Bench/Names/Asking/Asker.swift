import Network
import Platform
import Synchronization
import Topology

/// Asks a server many questions and looks at each answer.
struct Asker: Sendable {
    private let questions: QuestionSet
    private let host: Host

    init(_ questions: QuestionSet, on host: Host) {
        self.questions = questions
        self.host = host
    }

    /// Lets all threads begin together.
    private static let preparation = Duration.milliseconds(5)

    func run(_ plan: AskingPlan) throws(BenchError) -> AskingOutcome {
        let begin = MonotonicTime.now + Self.preparation
        var shares: [Share] = []
        try BenchError.of(.traffic, "ask \(plan.target)") {
            for number in 0..<plan.threads {
                shares.append(try start(plan.share(of: number), number, begin))
            }
        }
        var outcome = AskingOutcome()
        for share in shares {
            try BenchError.of(.traffic, "ask \(plan.target)") {
                outcome.merge(try share.result())
            }
        }
        return outcome
    }

    /// Threads begin in the network of whoever starts them.
    private func start(
        _ plan: AskingPlan, _ number: Int, _ begin: MonotonicTime
    ) throws(PlatformError) -> Share {
        // Those that ask at the same time do not ask the same.
        let first = questions.count / max(plan.threads, 1) * number
        return try host.run { () throws(PlatformError) in
            try Share { [questions] () throws(PlatformError) in
                switch plan.transport {
                case .udp: try Self.ask(DatagramChannel.self, plan, questions, first, begin)
                case .tcp: try Self.ask(StreamChannel.self, plan, questions, first, begin)
                }
            }
        }
    }

    private static func ask<Channel: AskingChannel>(
        _ channel: Channel.Type, _ plan: AskingPlan, _ questions: QuestionSet, _ first: Int,
        _ begin: MonotonicTime
    ) throws(PlatformError) -> AskingOutcome {
        Thread.wakeOnTime()
        Thread.takeShortTurns()
        if let processor = plan.processor {
            try Thread.pin(to: processor)
            Thread.goFirst()
        }
        var thread = try AskingThread<Channel>(plan, questions, from: first)
        try thread.run(from: begin)
        return thread.outcome
    }
}

/// A thread, and what becomes of it.
private final class Share: Sendable {
    private let thread: Mutex<Thread?>
    private let outcome: OutcomeSlot

    private final class OutcomeSlot: Sendable {
        let result = Mutex<Result<AskingOutcome, PlatformError>?>(nil)
    }

    init(
        _ body: @escaping @Sendable () throws(PlatformError) -> AskingOutcome
    ) throws(PlatformError) {
        let slot = OutcomeSlot()
        outcome = slot
        thread = Mutex(
            try Thread {
                let result = Result { () throws(PlatformError) in try body() }
                slot.result.withLock { $0 = result }
            })
    }

    /// Waits for the thread's end.
    func result() throws(PlatformError) -> AskingOutcome {
        if let thread = thread.withLock({ $0.take() }) { thread.join() }
        let result = outcome.result.withLock(\.self)
        return try result?.get() ?? AskingOutcome()
    }
}

extension AskingPlan {
    /// The part of one of the threads.
    fileprivate func share(of thread: Int) -> AskingPlan {
        var share = self
        share.sockets = max(sockets / threads, 1)
        switch pace {
        case .saturated(let outstanding):
            share.pace = .saturated(outstanding: max(outstanding / threads, 1))
        // Each of one set: that is for one thread.
        case .each: break
        case .paced(let rate): share.pace = .paced(perSecond: rate / Double(threads))
        }
        return share
    }
}
