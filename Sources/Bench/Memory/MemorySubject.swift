import Platform

/// One program with a cluster of one size, started anew for each round.
struct MemorySubject: Subject {
    let identity: Identity
    private let program: MeasuredProgram
    private let objects: APIObjects
    private let idle: Duration

    init(
        _ program: MeasuredProgram, _ objects: APIObjects, idle: Duration,
        _ circumstances: [Identity.Circumstance]
    ) {
        self.program = program
        self.objects = objects
        self.idle = idle
        identity = Identity(
            "memory", program.workload, circumstances + [.init("program", program.name)])
    }

    mutating func measure() throws -> Round {
        let node = try MeasuredNode(objects)
        let begin = MonotonicTime.now
        let daemon = try program.start(node)
        defer { daemon.stop() }
        try daemon.wait(for: "readiness", within: Self.patience, every: program.interval) {
            program.isReady(node)
        }
        let ready = MonotonicTime.now - begin
        try waitForQuiet(of: daemon)
        return try rest(of: daemon, ready)
    }

    /// Ten thousand services in iptables' rules take minutes.
    private static let patience = Duration.seconds(600)
    private static let longestSettling = Duration.seconds(60)
    private static let glance = Duration.seconds(2)

    /// What is left to be done after a start has been done once it takes hardly any time.
    private func waitForQuiet(of daemon: Daemon) throws {
        let deadline = MonotonicTime.now + Self.longestSettling
        var share = 1.0
        while share > 0.01, MonotonicTime.now < deadline {
            share = try Self.share(of: daemon, during: Self.glance)
        }
    }

    private func rest(of daemon: Daemon, _ ready: Duration) throws -> Round {
        let share = try Self.share(of: daemon, during: idle)
        let memory = try ProcessMemory(of: daemon.id)
        var round = Round()
        round.set(.memory, Double(memory.resident))
        round.set(.anonymous, Double(memory.anonymous))
        round.set(.peak, Double(memory.peak))
        round.set(.rest, share)
        round.set(.readiness, Double(ready.nanoseconds))
        return round
    }

    /// How much of a processor a program takes.
    private static func share(of daemon: Daemon, during time: Duration) throws -> Double {
        let (begin, before) = (MonotonicTime.now, try ProcessWork(of: daemon.id))
        sleep(for: time)
        let used = try ProcessWork(of: daemon.id).used - before.used
        return used / (MonotonicTime.now - begin)
    }
}

extension Quantity {
    fileprivate static let anonymous = Quantity("anonymous", .bytes, better: .less)
    fileprivate static let peak = Quantity("peak", .bytes, better: .less)
    /// How much of a processor is taken while nothing changes.
    fileprivate static let rest = Quantity("idle", .share, better: .less)
    /// From a program's start until it has done its work once.
    fileprivate static let readiness = Quantity("ready", .nanoseconds, better: .less)
}
