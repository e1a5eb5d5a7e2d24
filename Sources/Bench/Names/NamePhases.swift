import Network

/// All that is measured in a run, in its order.
struct NamePhases {
    private let settings: NameSettings
    private let programs: NamePrograms
    private let sources: ClusterSources

    init(_ settings: NameSettings, _ programs: NamePrograms, _ sources: ClusterSources) {
        self.settings = settings
        self.programs = programs
        self.sources = sources
    }
}

extension NamePhases {
    /// All that know the names of a cluster themselves.
    var cluster: NamePhase {
        NamePhase(
            duty: .cluster(sources), programs: programs.servers,
            sample: [.mix, .search, .negative],
            groups: clusterWorkloads.map { NameGroup([$0]) })
    }

    private var clusterWorkloads: [NameWorkload] {
        let first = [
            workload(.saturated, .mix), workload(.paced, .mix),
            workload(.paced, .mix, transport: .tcp),
        ]
        // Who knows no ports takes part in this one.
        if settings.isShort { return first + [workload(.saturated, .services, family: .v6)] }
        let kinds: [QuestionKind] = [.services, .headless, .srv, .ptr, .negative, .search]
        return first + [
            workload(.saturated, .mix, family: .v6), workload(.paced, .mix, family: .v6),
            workload(.paced, .mix, family: .v6, transport: .tcp),
        ] + kinds.map { workload(.saturated, $0) } + [workload(.paced, .services)]
    }

    /// All that ask another server, and have its answers in their caches.
    func cache(of upstream: RunningServer) -> NamePhase {
        NamePhase(
            duty: .cache(upstream: upstream.address(.v4)), programs: programs.servers,
            sample: [.cached],
            groups: [workload(.saturated, .cached), workload(.paced, .cached)]
                .map { NameGroup([$0]) })
    }

    /// Weft while endpoints change, and one whose names stay as they are: what that one suffers is
    /// the machine's doing.
    var churn: NamePhase {
        // The first is our own.
        let measured = Array(programs.servers.prefix(2))
        let group = NameGroup(
            [workload(.paced, .steady), workload(.churn, .steady)], comparing: .workloads)
        return NamePhase(
            duty: .cluster(sources), programs: measured,
            sample: [.services], groups: [group])
    }

    private func workload(
        _ way: NameWorkload.Way, _ kind: QuestionKind, family: IPFamily = .v4,
        transport: NameTransport = .udp
    ) -> NameWorkload {
        NameWorkload(way, kind, settings, family: family, transport: transport)
    }
}
