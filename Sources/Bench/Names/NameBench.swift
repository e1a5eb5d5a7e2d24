import Network
import Topology

/// Starts servers, asks them, and tells what came of it.
struct NameBench {
    let settings: NameSettings
    private let placement: Placement
    private let directory: String
    private var source: QuestionSource
    /// Questions of each kind, and as they are sent, made once.
    private var questions: [QuestionKind: [NameQuestion]] = [:]
    private var sets: [QuestionKind: QuestionSet] = [:]

    /// More than the caches of a processor hold, as the names of a cluster are.
    private static let questionCount = 50_000
    /// Answers that are compared with the records as a whole.
    private static let sampleCount = 100

    init(
        _ settings: NameSettings, _ names: ServedNames, _ placement: Placement,
        in directory: String
    ) {
        self.settings = settings
        self.placement = placement
        self.directory = directory
        source = QuestionSource(names)
    }

    /// Measures a phase in several sittings, each of which starts the servers anew.
    mutating func measure(
        _ phase: NamePhase, on host: Host, _ observer: Observer
    ) throws {
        let sittings = Sittings(settings.sittings, rounds: settings.rounds)
        let found = try sittings.run { rounds in
            let servers = try start(phase, on: host, observer)
            defer { for server in servers { server.stop() } }
            if case .cache = phase.duty { try fillCaches(of: servers, on: host) }
            return try phase.groups.map { group in
                var interleaving = Interleaving(
                    try subjects(group, phase, servers, on: host), rounds: rounds)
                return try interleaving.run(observer)
            }
        }
        for (group, found) in zip(phase.groups, found) {
            try observer.tell(.measured(found, group.ratios(found)))
        }
    }
}

extension NameBench {
    func site(_ name: String, _ number: Int) -> NameSite {
        NameSite(
            directory: "\(directory)/\(name)", port: Port(UInt16(5300 + number)),
            threads: settings.threads)
    }

    private mutating func start(
        _ phase: NamePhase, on host: Host, _ observer: Observer
    ) throws -> [RunningServer] {
        var servers: [RunningServer] = []
        for (number, program) in phase.programs.enumerated() {
            try observer.tell(.step("starting \(program.name)"))
            let kinds = phase.sample.filter(program.kinds.contains)
            let sample = kinds.flatMap { questions($0).prefix(Self.sampleCount) }
            guard
                let first = sample.first(where: { !$0.answers.isEmpty }),
                let server = try RunningServer(
                    program, for: phase.duty, at: site(program.name, number + 1), on: host,
                    until: first)
            else { continue }
            try server.check(sample)
            servers.append(server)
        }
        return servers
    }

    private mutating func subjects(
        _ group: NameGroup, _ phase: NamePhase, _ servers: [RunningServer], on host: Host
    ) throws -> [NameSubject] {
        try group.workloads.flatMap { workload in
            let asker = Asker(try set(of: workload.questions), on: host)
            let churn = changes(workload, phase, servers)
            return servers.filter { $0.program.can(workload) }.map {
                NameSubject(workload, $0, asker, placement, circumstances, change: churn)
            }
        }
    }

    private func changes(
        _ workload: NameWorkload, _ phase: NamePhase, _ servers: [RunningServer]
    ) -> Churn? {
        guard workload.way == .churn, case .cluster(let sources) = phase.duty,
            let watcher = servers.first
        else { return nil }
        return Churn(sources, settings.changes, on: placement.client, watchedBy: watcher)
    }

    private var circumstances: [Identity.Circumstance] {
        [
            .init("services", "\(settings.services)"), .init("endpoints", "\(settings.endpoints)"),
        ]
    }

    private mutating func set(of kind: QuestionKind) throws -> QuestionSet {
        if let made = sets[kind] { return made }
        let made = try QuestionSet(questions(kind))
        sets[kind] = made
        return made
    }

    private mutating func questions(_ kind: QuestionKind) -> [NameQuestion] {
        if let made = questions[kind] { return made }
        let made = source.questions(kind, count: Self.questionCount)
        questions[kind] = made
        return made
    }
}

extension NameBench {
    /// Asks each for every name that they will be asked for.
    private func fillCaches(of servers: [RunningServer], on host: Host) throws {
        let questions = (0..<OutsideZone.names).map(OutsideZone.question)
        let asker = Asker(try QuestionSet(questions), on: host)
        for server in servers {
            // A few at a time, so that none is lost on the way to the other server.
            let plan = AskingPlan(server.address(.v4), .each(outstanding: 16), for: .seconds(60))
            let outcome = try asker.run(plan)
            guard outcome.answered == questions.count, outcome.wrongAnswers.isEmpty else {
                throw BenchError(
                    .traffic, "fill the cache of \(server.program.name)",
                    "of \(questions.count) questions \(outcome.answered) were answered")
            }
        }
    }
}

extension NameServer {
    fileprivate func can(_ workload: NameWorkload) -> Bool {
        kinds.contains(workload.questions) && transports.contains(workload.transport)
    }
}
