import Netlink
import Network
import Platform

extension RouteKeeper {
    /// Plans changed nodes anew and carries out what differs: nothing else is asked for or sent.
    mutating func adopt(_ changes: NodeChanges) -> RouteOutcome {
        guard planner != nil else { return RouteOutcome() }
        let before = kernel.requests
        var outcome = RouteOutcome()
        watched = nil
        do throws(NetlinkError) {
            let new = Set(changes.set.flatMap(\.addresses.values))
            try kernel.explore(new, &underlay)
        } catch {
            return verify()
        }
        let touched = plan(changes)
        guard keepTunnelPlans() else { return verify() }
        apply(Step.steps(touched, from: held, to: desired), &outcome)
        outcome.requests = kernel.requests - before
        return report(outcome)
    }

    /// Plans changed nodes; the answer is what could be other than before.
    private mutating func plan(_ changes: NodeChanges) -> Set<EntryKey> {
        guard let planner else { return [] }
        var touched = Set<EntryKey>()
        var plans = changes.removed.map { ($0, nil as PeerPlan?) }
        plans += changes.set.map { ($0.name, planner.plan($0)) }
        for (name, _) in plans {
            for key in self.plans[name]?.entries.keys ?? [:].keys {
                desired[key] = nil
                touched.insert(key)
            }
        }
        for (name, plan) in plans {
            self.plans[name] = plan
            for (key, value) in plan?.entries ?? [:] {
                desired[key] = value
                touched.insert(key)
            }
        }
        return touched
    }

    /// Whether the tunnels may stay as they are.
    private mutating func keepTunnelPlans() -> Bool {
        planner?.tunnels(plans.values) == tunnelPlans
    }
}

extension RouteKeeper {
    /// Carries steps out in their order, and notes what the kernel holds then.
    mutating func apply(_ steps: [Step], _ outcome: inout RouteOutcome) {
        let requests = steps.compactMap { step in
            step.request(tunnelLinks).map { (step, $0) }
        }
        do throws(NetlinkError) {
            let outcomes = try kernel.outcomes(of: requests.map(\.1))
            for (index, failure) in outcomes.enumerated() {
                note(requests[index].0, failure, &outcome)
            }
        } catch {
            isCompared = false
            for family in IPFamily.allCases { outcome.fail(family, AgentError(error)) }
        }
    }

    private mutating func note(
        _ step: Step, _ failure: NetlinkError?, _ outcome: inout RouteOutcome
    ) {
        let isGone = step.desired == nil && failure?.isAbsence == true
        if let failure, !isGone { return refused(step, failure, &outcome) }
        held[step.key] = step.desired
        outcome.count(step)
        if case .route(let network, _) = step.key { conflicts[network] = nil }
    }

    private mutating func refused(
        _ step: Step, _ failure: NetlinkError, _ outcome: inout RouteOutcome
    ) {
        guard case .route(let network, _) = step.key, failure.errno == .exists else {
            return outcome.fail(step.key.family, AgentError(failure))
        }
        let route = try? kernel.find(.route(to: network.first))
        let held = route.map { "\($0)" } ?? "not found"
        conflicts[network] = RouteConflict(network: network, held: held)
    }
}
