import Platform

/// Workloads that are measured while the same servers run.
struct NamePhase {
    let duty: NameDuty
    let programs: [any NameServer]
    /// Questions whose answers are compared with the records before anything is measured.
    let sample: [QuestionKind]
    let groups: [NameGroup]
}

/// Workloads whose rounds are interleaved, and what is compared with what.
struct NameGroup {
    let workloads: [NameWorkload]
    let comparison: Comparison

    enum Comparison {
        /// Weft with each of the other servers.
        case programs
        /// Each server with itself, without what goes on in the later workloads.
        case workloads
    }

    init(_ workloads: [NameWorkload], comparing comparison: Comparison = .programs) {
        self.workloads = workloads
        self.comparison = comparison
    }
}

extension NameGroup {
    func ratios(_ found: [Measurement]) -> [Ratio] {
        switch comparison {
        case .programs:
            guard let own = found.first(where: { $0.identity["program"] == "weft" }) else {
                return []
            }
            return found.filter { $0.identity["program"] != "weft" }
                .flatMap { own.ratios(to: $0) }
        case .workloads:
            let first = found.filter { $0.identity.workload == workloads[0].name }
            return found.filter { $0.identity.workload != workloads[0].name }.flatMap { later in
                first.filter { $0.identity["program"] == later.identity["program"] }
                    .flatMap { later.ratios(to: $0) }
            }
        }
    }
}
