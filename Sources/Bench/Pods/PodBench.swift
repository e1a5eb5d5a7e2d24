/// The parts of the suite `cni`.
struct PodBench {
    let settings: PodSettings
    let suites: PluginSuites
    let directory: String
    private let filler: LeaseFiller

    init(_ settings: PodSettings, _ suites: PluginSuites, in directory: String) {
        self.settings = settings
        self.suites = suites
        self.directory = directory
        filler = LeaseFiller(directory: suites.leases)
    }
}

extension PodBench {
    /// What a pod costs by what is done for it.
    func measureChains(_ observer: Observer) throws {
        for work in works {
            let pods = try sides(work, work.rawValue).map { try procedure($0, work, observer) }
            let kernel = try work == .bridge ? kernel : []
            try measure(pods + kernel, observer)
        }
        let routed = try [PluginSuites.Work.routed, .dual].flatMap { work in
            try sides(work, work.rawValue).map { try procedure($0, work, observer) }
        }
        try measure(routed, observer)
    }

    private var works: [PluginSuites.Work] {
        settings.isShort ? [.bridge, .full] : [.bridge, .ports, .full]
    }

    /// What links cost without any plugin.
    private var kernel: [any Procedure] {
        get throws {
            try [true, false].map { try VethProcedure(isBare: $0, count: settings.pods) }
        }
    }

    /// What addresses cost while others are taken.
    func measureLeases(_ observer: Observer) throws {
        var procedures: [any Procedure] = []
        for count in settings.leases {
            try observer.tell(.step("taking \(count) addresses"))
            for side in sides(.addresses, "leases-\(count)") {
                let fill = side.isOurs ? filler.fill : filler.fillReference
                try BenchError.of(.file, "take addresses") { try fill(side.network, count) }
                procedures.append(
                    try procedure(
                        side, .addresses, observer, more: [.init("leases", "\(count)")]))
            }
        }
        try measure(procedures, comparing: "leases", observer)
    }

    /// What one more pod costs beside many.
    func measureGrowth(_ observer: Observer) throws {
        var (procedures, rules) = ([any Procedure](), [Measurement]())
        for count in settings.residents {
            try observer.tell(.step("adding \(count) pods"))
            let most = settings.isShort ? 0 : PodSettings.mostReferenceResidents
            for side in sides(.full, "pods-\(count)") where side.isOurs || count <= most {
                let number = Identity.Circumstance("pods", "\(count)")
                let pods = try procedure(
                    side, .full, observer, more: [number], beside: count)
                rules.append(
                    try RuleCount.measurement(pods.node, side.circumstances(.full) + [number]))
                procedures.append(pods)
            }
        }
        try measure(procedures, comparing: "pods", observer)
        try observer.tell(.measured(rules, rules.ratios(varying: "pods")))
    }

    /// What pods cost that are added at the same time.
    func measureCrowds(_ observer: Observer) throws {
        for work in settings.isShort ? [.bridge] : works {
            let procedures = try sides(work, "crowd-\(work.rawValue)").map {
                try CrowdProcedure(
                    $0.chain, $0.circumstances(work), callers: settings.callers, each: 1)
            }
            try measure(procedures, observer)
        }
    }
}

extension PodBench {
    /// What runtimes ask without a pod.
    func measureQuestions(_ observer: Observer) throws {
        let node = try PodNode()
        // STATUS is newer than what the reference's version has.
        let subjects =
            sides(.bridge, "questions").flatMap { questions("VERSION", $0, node) }
            + sides(.routed, "questions").flatMap { questions("STATUS", $0, node) }
        var interleaving = Interleaving(subjects, rounds: settings.rounds)
        let found = try interleaving.run(observer)
        try observer.tell(.measured(found, found.ratiosToOthers))
    }

    private func questions(
        _ command: String, _ side: PodSide, _ node: PodNode
    ) -> [PluginSubject] {
        side.chain.plugins.prefix(1).map {
            PluginSubject(command, $0, side.program, on: node, count: settings.pods)
        }
    }

    func countProcesses(_ observer: Observer) throws {
        var found: [Measurement] = []
        for side in sides(.full, "processes") {
            guard let count = ChildCount(of: side.chain, in: directory) else {
                return try observer.tell(.note("without strace, processes are not counted"))
            }
            found.append(try count.measurement(side.circumstances(.full)))
        }
        try observer.tell(.measured(found, found.ratiosToOthers))
    }
}

extension PodBench {
    /// Ours, and the reference's if it has one.
    private func sides(_ work: PluginSuites.Work, _ network: String) -> [PodSide] {
        let other = "\(network)-reference"
        let own = PodSide(program: "weft", network: network, chain: suites.weft(work, network))
        guard let reference = suites.reference(work, other) else { return [own] }
        let program = work == .addresses ? "host-local" : "reference-plugins"
        return [own, PodSide(program: program, network: other, chain: reference)]
    }

    private func procedure(
        _ side: PodSide, _ work: PluginSuites.Work, _ observer: Observer,
        more: [Identity.Circumstance] = [], beside others: Int = 1
    ) throws -> PodProcedure {
        let procedure = try PodProcedure(
            side.chain, side.circumstances(work) + more, pods: settings.pods, beside: others,
            sharingNamespace: work == .addresses)
        if let failure = procedure.checkFailure {
            try observer.tell(
                .note("CHECK of \(side.program), \(work.rawValue), is not measured: \(failure)"))
        }
        return procedure
    }

    private func measure(
        _ procedures: [any Procedure], comparing circumstance: String? = nil, _ observer: Observer
    ) throws {
        var procedures = Procedures(procedures, rounds: settings.rounds)
        let found = try procedures.run(observer).flatMap(\.self)
        let growth = circumstance.map { found.ratios(varying: $0) } ?? []
        try observer.tell(.measured(found, found.ratiosToOthers + growth))
    }
}
