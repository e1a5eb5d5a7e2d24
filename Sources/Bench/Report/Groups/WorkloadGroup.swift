/// The measurements of one workload, in a form that says what they have in common once.
struct WorkloadGroup: Hashable, Sendable {
    let suite: String
    let workload: String
    /// The circumstances of all of them.
    let common: [Identity.Circumstance]
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
        common = (measurements.first?.identity.circumstances ?? []).filter { circumstance in
            measurements.allSatisfy { $0.identity.circumstances.contains(circumstance) }
        }
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

    /// What an identity has that not all have: `cluster-ip · 10,000 services`.
    func label(of identity: Identity) -> String {
        let own = identity.circumstances.filter { !common.contains($0) }
        return own.isEmpty ? workload : own.map(\.text).joined(separator: " · ")
    }

    /// What makes the baseline another thing than what is compared with it: `direct`.
    static func label(of baseline: Identity, besides subject: Identity) -> String {
        let own = baseline.circumstances.filter { !subject.circumstances.contains($0) }
        let workload = baseline.workload == subject.workload ? [] : [baseline.workload]
        let words = workload + own.map(\.text)
        return words.isEmpty ? baseline.workload : words.joined(separator: " · ")
    }
}

extension Identity {
    fileprivate var workloadKey: [String] { [suite, workload] }
}

extension Identity.Circumstance {
    /// A number needs its name to be understood; of other values the name is known by the value.
    var text: String { number.map { "\($0.text(decimals: 0)) \(name)" } ?? value }

    /// The value where it is a whole number, as of services.
    var number: Double? { Int32(value).map(Double.init) }
}
