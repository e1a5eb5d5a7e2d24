package import Network

/// What was done to routes and tunnels, and what could not be.
package struct RouteOutcome: Equatable, Sendable {
    package var routes = Changes()
    package var neighbours = Changes()
    package var forwarding = Changes()
    package var tunnels = Changes()
    /// What the kernel refused, by the family of pods' addresses that suffers from it.
    package var errors: [IPFamily: [AgentError]] = [:]
    /// Networks of pods to which somebody else has a route already, which stays.
    package var conflicts: [RouteConflict] = []
    package var findings: [RouteFinding] = []
    /// Messages that the kernel was sent, questions included.
    package var requests = 0

    package init() {}

    package struct Changes: Hashable, Sendable {
        package var added = 0
        package var replaced = 0
        package var removed = 0

        package init() {}

        package var count: Int { added + replaced + removed }
    }

    /// How many things of the kernel are other than before.
    package var changes: Int {
        routes.count + neighbours.count + forwarding.count + tunnels.count
    }
}

/// A network of pods that somebody else has a route to.
package struct RouteConflict: Hashable, Sendable, CustomStringConvertible {
    package let network: CIDR
    /// Where packets to it go.
    package let held: String

    package var description: String {
        "the route to \(network) is not set: there is one of somebody else's (\(held)); "
            + "remove it, or whatever makes it"
    }
}

extension RouteOutcome {
    mutating func fail(_ family: IPFamily, _ error: AgentError) {
        errors[family, default: []].append(error)
    }

    /// Makes settings of the kernel what they are to be.
    mutating func keep(_ settings: [KernelSetting], _ family: IPFamily) {
        for setting in settings {
            do throws(AgentError) { try setting.keep() } catch { fail(family, error) }
        }
    }

    mutating func count(_ step: Step) {
        let changes: WritableKeyPath<RouteOutcome, Changes> =
            switch step.key {
            case .route: \.routes
            case .neighbour: \.neighbours
            case .forwarding: \.forwarding
            }
        switch (step.held, step.desired) {
        case (_, nil): self[keyPath: changes].removed += 1
        case (nil, _): self[keyPath: changes].added += 1
        default: self[keyPath: changes].replaced += 1
        }
    }
}
