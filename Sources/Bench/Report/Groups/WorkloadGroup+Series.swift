extension WorkloadGroup {
    /// What was measured where, family by family and place by place.
    var settings: [Panel] {
        Panel.panels(measurements) { $0.isSetting && !common.contains($0) }
    }

    /// What is compared within a plot, by name: `cluster-ip · weft`.
    func variant(of identity: Identity) -> String {
        let own = identity.circumstances.filter { $0.isVariant && !common.contains($0) }
        return own.isEmpty ? workload : own.map(\.text).joined(separator: " · ")
    }

    /// All that are compared; the place of one decides how it looks in every plot.
    var variants: [String] {
        var variants: [String] = []
        for measurement in measurements {
            let variant = variant(of: measurement.identity)
            if !variants.contains(variant) { variants.append(variant) }
        }
        return variants
    }

    /// The circumstances that are numbers and were varied, as of services.
    var growths: [String] {
        var values: [String: Set<Double>] = [:]
        var names: [String] = []
        for circumstance in measurements.flatMap(\.identity.circumstances) {
            guard let number = circumstance.number else { continue }
            if values[circumstance.name] == nil { names.append(circumstance.name) }
            values[circumstance.name, default: []].insert(number)
        }
        return names.filter { (values[$0]?.count ?? 0) > 1 }
    }
}
