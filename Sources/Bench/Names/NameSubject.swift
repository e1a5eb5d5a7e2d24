import Network
import Platform

/// One server, asked in one way.
struct NameSubject: Subject {
    let identity: Identity
    private let server: RunningServer
    private let asker: Asker
    private let plan: AskingPlan
    /// Where the two ends run; nil for where the kernel puts them.
    private let placement: Placement?
    /// What goes on meanwhile.
    private let change: Churn?

    init(
        _ workload: NameWorkload, _ server: RunningServer, _ asker: Asker,
        _ placement: Placement, _ circumstances: [Identity.Circumstance], change: Churn? = nil
    ) {
        let program = Identity.Circumstance("program", server.program.name)
        identity = Identity(
            "dns", workload.name, workload.circumstances + circumstances + [program])
        self.server = server
        self.asker = asker
        self.change = change
        // As many questions as are answered need all processors, and nobody asks how long one took.
        self.placement = workload.way == .saturated ? nil : placement
        var plan = workload.plan(for: server.address(workload.family))
        plan.processor = self.placement?.client
        self.plan = plan
    }

    mutating func measure() throws -> Round {
        try server.place(on: placement.map { [$0.servers] })
        let before = try server.processorTime
        let changing = try change.map { try $0.begin() }
        let outcome = try asker.run(plan)
        let spent = try server.processorTime - before
        try changing?.end()
        try check(outcome)
        return round(outcome, spent)
    }

    private func round(_ outcome: AskingOutcome, _ spent: Duration) -> Round {
        var round = Round()
        round.histogram = outcome.latencies
        if case .saturated = plan.pace {
            let seconds = plan.duration / .seconds(1)
            round.set(.rate, Double(outcome.answeredInTime) / seconds)
        }
        round.setPercentiles()
        round.set(
            .processor, Double(spent.nanoseconds) / Double(max(outcome.answered, 1)))
        round.set(.lost, outcome.lostShare)
        round.setLasting(.memory, Double(server.memory))
        return round
    }

    /// Figures of wrong answers are worth nothing.
    private func check(_ outcome: AskingOutcome) throws(BenchError) {
        let wrong = outcome.wrongAnswers
        if wrong.isEmpty, outcome.answered > 0 { return }
        let counts = wrong.map { "\($0.count) \($0.verdict)" }.joined(separator: ", ")
        throw BenchError(
            .traffic, "measure \(identity)",
            wrong.isEmpty
                ? "no answer came" : "of \(outcome.answered) answers were wrong: \(counts)")
    }
}
