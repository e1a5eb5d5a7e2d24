/// What results must keep to: how many times another's a figure may be, or how many of something.
///
/// It is never a time: those differ from machine to machine. See `Threshold.files` for how it is
/// written down.
package struct Threshold: Hashable, Sendable {
    /// What it says, for people; the same for all that it applies to.
    package let name: String
    package let suite: String
    let workload: String
    /// What a measurement must have, among other circumstances, to be meant.
    let circumstances: [Identity.Circumstance]
    /// What the other of the ratio has; without one, the figure itself is limited.
    let baseline: [Identity.Circumstance]?
    let quantity: String
    let limit: Limit
    /// Whether it may apply to nothing where the baseline was not measured: a peer may be missing.
    let isOptional: Bool
    /// Where it is written down.
    let source: String

    package enum Limit: Hashable, Sendable {
        case atMost(Double)
        case atLeast(Double)
    }
}

extension Threshold.Limit {
    func isKept(by value: Double) -> Bool {
        switch self {
        case .atMost(let limit): value <= limit
        case .atLeast(let limit): value >= limit
        }
    }

    /// Whether the whole interval is beyond it.
    func isExceeded(by estimate: Estimate) -> Bool {
        switch self {
        case .atMost(let limit): estimate.low > limit
        case .atLeast(let limit): estimate.high < limit
        }
    }

    func text(_ number: (Double) -> String) -> String {
        switch self {
        case .atMost(let limit): "at most \(number(limit))"
        case .atLeast(let limit): "at least \(number(limit))"
        }
    }
}

extension Threshold {
    func applies(to identity: Identity) -> Bool {
        identity.suite == suite && identity.workload == workload
            && circumstances.allSatisfy(identity.circumstances.contains)
    }

    /// What it is about, where no name says it.
    static func name(
        _ suite: String, _ workload: String, _ circumstances: [Identity.Circumstance],
        _ quantity: String
    ) -> String {
        "\(Identity(suite, workload, circumstances)) \(quantity)"
    }
}
