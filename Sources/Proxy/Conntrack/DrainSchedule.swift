package import Network
package import Platform

/// When connections to backends that were removed are forgotten: a grace later, by no clock of its own.
package struct DrainSchedule: Sendable {
    private struct Drained: Hashable {
        let target: StaleCheck.Target
        let backend: AddressAndPort
    }

    private let graces: [TransportProtocol: Duration]
    private var due: [Drained: MonotonicTime] = [:]

    /// A protocol without a grace is not drained.
    package init(graces: [TransportProtocol: Duration]) { self.graces = graces }
}

extension DrainSchedule {
    /// When to ask for what is due.
    package var next: MonotonicTime? { due.values.min() }

    /// Takes in what became of a target: backends that are gone, or those that serve again.
    package mutating func add(_ check: StaleCheck, at now: MonotonicTime) {
        guard let grace = graces[check.target.transport] else { return }
        switch check.backends {
        case .removed(let backends):
            for backend in backends {
                let drained = Drained(target: check.target, backend: backend)
                // One that went before waits for its own time, not for a new one.
                if due[drained] == nil { due[drained] = now + grace }
            }
        case .serving(let backends):
            for backend in backends {
                due[Drained(target: check.target, backend: backend)] = nil
            }
        }
    }

    /// Takes out what is due.
    package mutating func take(at now: MonotonicTime) -> [StaleCheck] {
        let ready = due.filter { $0.value <= now }.keys
        for drained in ready { due[drained] = nil }
        return Dictionary(grouping: ready, by: \.target).map { target, drained in
            StaleCheck(target, .removed(Set(drained.map(\.backend))))
        }
    }
}
