/// Names for what was measured, without what all of it has in common.
struct Labels: Hashable, Sendable {
    /// The circumstances of all of them.
    let common: [Identity.Circumstance]

    /// Finds names within one workload.
    init(_ identities: [Identity]) {
        let rest = Set(identities.dropFirst())
        common = (identities.first?.circumstances ?? []).filter { circumstance in
            rest.allSatisfy { $0.circumstances.contains(circumstance) }
        }
    }

    /// What an identity has that not all have: `cluster-ip · 10,000 services`.
    subscript(identity: Identity) -> String {
        let own = identity.circumstances.filter { !common.contains($0) }
        return own.isEmpty ? identity.workload : own.map(\.text).joined(separator: " · ")
    }

    /// What makes the baseline another thing than what is compared with it: `direct`.
    static func label(of baseline: Identity, besides subject: Identity) -> String {
        let own = baseline.circumstances.filter { !subject.circumstances.contains($0) }
        let workload = baseline.workload == subject.workload ? [] : [baseline.workload]
        let words = workload + own.map(\.text)
        return words.isEmpty ? baseline.workload : words.joined(separator: " · ")
    }
}

extension Identity.Circumstance {
    /// A number needs its name to be understood; of other values the name is known by the value.
    var text: String {
        guard let number else { return value }
        // One of what is named in the plural.
        let noun = number == 1 && name.hasSuffix("s") ? String(name.dropLast()) : name
        return "\(number.text(decimals: 0)) \(noun)"
    }

    /// The value where it is a whole number, as of services.
    var number: Double? { Int32(value).map(Double.init) }
}
