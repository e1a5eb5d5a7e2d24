import FuzzSupport

/// Which requests a server answers badly, and how; it follows from the requests' numbers alone.
package enum FaultPlan: Hashable, Sendable {
    case none
    /// By the number of the request, from 1.
    case listed([Int: Fault])
    /// So many of a thousand, as a seed decides.
    case random(seed: UInt64, perThousand: Int)
}

extension FaultPlan {
    package func fault(for request: Int) -> Fault? {
        switch self {
        case .none: return nil
        case .listed(let faults): return faults[request]
        case .random(let seed, let share):
            var generator = SeededGenerator(seed: seed, case: UInt64(request))
            guard generator.below(1000) < share else { return nil }
            return .random(using: &generator)
        }
    }
}
