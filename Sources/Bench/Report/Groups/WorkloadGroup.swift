/// The measurements of one workload, in a form that says what they have in common once.
struct WorkloadGroup: Hashable, Sendable {
    let suite: String
    let workload: String
    let labels: Labels
    let measurements: [Measurement]
    /// What they are to others, which may be of other workloads.
    let ratios: [Ratio]
}

extension WorkloadGroup {
    /// The groups, in the order in which their first ones were measured.
    static func groups(_ measurements: [Measurement], _ ratios: [Ratio]) -> [WorkloadGroup] {
        var keys: [[String]] = []
        var grouped: [[String]: [Measurement]] = [:]
        for measurement in measurements {
            let key = measurement.identity.workloadKey
            if grouped[key] == nil { keys.append(key) }
            grouped[key, default: []].append(measurement)
        }
        let compared = Dictionary(grouping: ratios) { $0.subject.workloadKey }
        return keys.map { key in
            WorkloadGroup(key, grouped[key] ?? [], compared[key] ?? [])
        }
    }

    private init(_ key: [String], _ measurements: [Measurement], _ ratios: [Ratio]) {
        (suite, workload) = (key[0], key[1])
        self.measurements = measurements
        self.ratios = ratios
        labels = Labels(measurements.map(\.identity))
    }

    /// All that is counted, in the order in which it came up first.
    var quantities: [Quantity] {
        var quantities: [Quantity] = []
        for figure in measurements.flatMap(\.figures) where !quantities.contains(figure.quantity) {
            quantities.append(figure.quantity)
        }
        return quantities
    }

    func ratios(of identity: Identity, _ quantity: Quantity) -> [Ratio] {
        ratios.filter { $0.subject == identity && $0.quantity == quantity }
    }
}

extension WorkloadGroup {
    var title: String { "\(suite)/\(workload)" }

    /// The circumstances of all of them.
    var common: [Identity.Circumstance] { labels.common }
}

extension Identity {
    fileprivate var workloadKey: [String] { [suite, workload] }
}
