package import Platform
import Support

extension ServerProgram {
    /// Takes signals, which every other thread must have blocked.
    package mutating func receive(_ signals: [Signal]) throws(PlatformError) {
        try loop.receive(signals)
    }

    package static let signals: [Signal] = [.interrupt, .terminate, .hangUp]

    /// Serves until the end is asked for, and for the time of `lameduck` after that.
    package mutating func run() throws {
        try apply(try loader.load())
        loop.schedule(.readiness, at: .now)
        loop.schedule(.probe, at: .now + Self.probeInterval)
        loop.schedule(.errors, at: .now + Self.errorInterval)
        var events: [Event<Chore>] = []
        var isOver = false
        while !isOver {
            try loop.wait(into: &events)
            for event in events where take(event) { isOver = true }
        }
        // While questions are still answered: those that come later are the service's.
        nodeLocal = nil
        service.stop()
    }

    /// As CoreDNS looks for loops for that long.
    private static var probeInterval: Duration { .seconds(30) }
    private static var errorInterval: Duration { .seconds(1) }
    private static var readinessInterval: Duration { .milliseconds(50) }

    /// Whether this is the end.
    private mutating func take(_ event: Event<Chore>) -> Bool {
        switch event {
        case .signal(.hangUp): reload(isForced: true)
        case .signal: return end()
        case .woken:
            if control.takeReload() { reload(isForced: true) }
            return control.takeEnd() && end()
        case .timer(.end): return true
        case .timer(let chore): carryOut(chore)
        case .ready: break
        }
        return false
    }

    private mutating func carryOut(_ chore: Chore) {
        switch chore {
        case .reload:
            reload(isForced: false)
            scheduleReload()
        case .probe:
            service.probe(onlyLooping: !probesAll)
            probesAll = false
            loop.schedule(.probe, at: .now + Self.probeInterval)
        case .errors:
            service.flushErrors(at: .now)
            loop.schedule(.errors, at: .now + Self.errorInterval)
        case .readiness: announce()
        case .end: break
        }
    }

    /// Tells the service manager as soon as everything can be answered.
    private mutating func announce() {
        guard service.view.unready(continuously: false).isEmpty else {
            loop.schedule(.readiness, at: .now + Self.readinessInterval)
            return
        }
        settings.log(.info, "ready")
        try? settings.manager.tell(.ready, .status("answers questions"))
    }

    /// Begins to end; whoever asks a second time does not want to wait.
    private mutating func end() -> Bool {
        let isSecond = isEnding.isSet
        isEnding.set()
        let lameduck = service.plan.lameduck
        if isSecond || lameduck == .zero { return true }
        try? settings.manager.tell(.stopping)
        settings.log(.info, "ending", ["after": lameduck.goText])
        loop.schedule(.end, at: .now + lameduck)
        return false
    }
}

extension ServerProgram {
    /// Puts a configuration into force, or leaves everything as it was.
    private mutating func apply(_ loaded: LoadedPlan) throws {
        let node = loader.nodeLocal.map { _ in NodeLocalPlan(loaded.file) }
        if let node { try prepare(node) }
        let opened = try endpoints.open(for: loaded.plan)
        try service.apply(loaded.plan)
        if let node { nodeLocal?.serve(node) }
        endpoints.take(loaded.plan, opened)
        hash = loaded.hash
        reloads.took(loaded.hash)
        probesAll = true
        service.probe(onlyLooping: false)
        scheduleReload()
    }

    /// Sees to it that there are the addresses to listen at.
    private mutating func prepare(_ node: NodeLocalPlan) throws {
        if nodeLocal == nil {
            let log = settings.log
            nodeLocal = try NodeLocalKeeper(node) { log($0) }
        } else {
            try nodeLocal?.prepare(node)
        }
    }

    private mutating func reload(isForced: Bool) {
        if isForced { service.rereadFiles() }
        do {
            let loaded = isForced ? try loader.load() : try loader.loadIfChanged()
            guard let loaded, loaded.hash != hash else {
                if isForced { settings.log(.info, "the configuration is the same") }
                return
            }
            try settings.check(loaded.file)
            try apply(loaded)
            settings.log(.info, "the configuration has changed", ["hash": loaded.hash])
        } catch {
            reloads.failed()
            settings.log(
                .error, "the changed configuration is not taken; what was in force stays so",
                ["cause": "\(error)"])
        }
    }

    private mutating func scheduleReload() {
        if let reloadTimer { loop.cancel(reloadTimer) }
        reloadTimer = service.plan.reload.map { options in
            loop.schedule(.reload, at: .now + options.next(chance: .random(in: -1...1)))
        }
    }
}

extension ReloadOptions {
    /// How long to wait: servers that were started together do not all look together.
    func next(chance: Double) -> Duration { interval + jitter * chance }
}
