/// Measurements that belong beside each other: what they differ in is what is compared.
struct Panel: Hashable, Sendable {
    /// What they have in common, and other panels have otherwise.
    let circumstances: [Identity.Circumstance]
    let measurements: [Measurement]

    var title: String { circumstances.map(\.text).joined(separator: " · ") }
}

extension Panel {
    /// Sorts measurements by those of their circumstances that tell panels apart.
    ///
    /// One that has fewer of them, as a direct connection that knows no number of services, is in
    /// every panel that says nothing else.
    static func panels(
        _ measurements: [Measurement], apart: (Identity.Circumstance) -> Bool
    ) -> [Panel] {
        var keys: [[Identity.Circumstance]] = []
        for measurement in measurements {
            let key = measurement.identity.circumstances.filter(apart)
            if keys.contains(where: { key.isPart(of: $0) }) { continue }
            keys.removeAll { $0.isPart(of: key) }
            keys.append(key)
        }
        return keys.map { key in
            Panel(
                circumstances: key,
                measurements: measurements.filter {
                    $0.identity.circumstances.filter(apart).isPart(of: key)
                })
        }
    }
}

extension [Identity.Circumstance] {
    fileprivate func isPart(of other: Self) -> Bool { allSatisfy(other.contains) }
}

extension Identity.Circumstance {
    /// Whether it says where something was measured, rather than what.
    var isSetting: Bool { ["family", "place", "transport"].contains(name) }

    /// Whether it is one of the things that are compared: a program, a kind of service.
    var isVariant: Bool { !isSetting && number == nil }
}
